/* The native scanner for delimited text: it cuts, checks UTF-8, tokenises, accepts in bulk what is surely valid and
   hashes. What each function promises is said in `__init__.py`.

   It decides nothing about validity but by the tables that Python gives it; what is not accepted here is handed to
   exact Python. There are no globals: every function is reentrant and runs without Python's lock. Bytes are looked at
   64 at a time as masks, bit i standing for byte i; on x86-64 these come from SSE2, which every such machine has,
   elsewhere (or with -DSCAN_PLAIN) from plain C.

   Memory safety needs nothing of the text; what it needs of the tables, `Automaton` and `Program` check in Python:
   every class is below the width, every row that is led to exists, every key is of columns that are there. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__) && !defined(SCAN_PLAIN)
#define SCAN_SSE2
#include <emmintrin.h>
#endif

#ifdef _WIN32
#define PUBLIC __declspec(dllexport)
#else
#define PUBLIC __attribute__((visibility("default")))
#endif
#define SELDOM __attribute__((noinline)) /* out of the way of what happens for each cell */

#define VERSION 2 /* of the interface: the same number stands in native.py */
#ifndef SCAN_SOURCE
#define SCAN_SOURCE 0 /* the CRC-32 of this file, by which a test finds a library that was built of another one */
#endif

PUBLIC uint32_t scan_version(void) { return VERSION; }
PUBLIC uint32_t scan_source(void) { return SCAN_SOURCE; }

/* 64 bytes as masks */

#define QUOTE '"'
#define CHUNK 64
#define TILE (64 * CHUNK)

/* Eight bytes as a little-endian word, on every machine; compilers make one load of it. */
static inline uint64_t word_at(const uint8_t *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
           (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

#ifdef SCAN_SSE2
static inline __m128i sixteen(const uint8_t *p, int i) { return _mm_loadu_si128((const __m128i *)(p + 16 * i)); }
static inline __m128i all(int byte) { return _mm_set1_epi8((char)byte); }
static inline uint64_t bits(__m128i bytes, int i) { return (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << 16 * i; }
#endif

/* Which of 64 bytes are `byte`. */
static inline uint64_t where(const uint8_t *p, uint8_t byte) {
    uint64_t mask = 0;
#ifdef SCAN_SSE2
    for (int i = 0; i < 4; i++)
        mask |= bits(_mm_cmpeq_epi8(sixteen(p, i), all(byte)), i);
#else
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    for (int i = 0; i < 8; i++) {
        uint64_t other = word_at(p + 8 * i) ^ byte * UINT64_C(0x0101010101010101);
        uint64_t same = ~(((other & low) + low) | other | low) >> 7; /* 1 in each byte of `other` that is zero */
        mask |= (same * UINT64_C(0x0102040810204080) >> 56) << 8 * i; /* these ones moved side by side */
    }
#endif
    return mask;
}

/* 64 bytes of the text from `at`, filled up with zeros behind its end; `*valid` masks those of the text. */
static inline const uint8_t *chunk_at(const uint8_t *text, size_t size, size_t at, uint8_t *padded, uint64_t *valid) {
    size_t left = size - at;
    *valid = ~UINT64_C(0);
    if (left >= CHUNK)
        return text + at;
    *valid = (UINT64_C(1) << left) - 1;
    memset(padded, 0, CHUNK);
    return memcpy(padded, text + at, left);
}

/* Bit i tells whether bits 0 to i have an odd number of ones: of quotes, whether byte i opens or is between them. */
static inline uint64_t odd_so_far(uint64_t mask) {
    for (int shift = 1; shift < 64; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

/* How many ones there are; the compiler's own would be a call on processors of before 2008. */
static inline uint64_t ones(uint64_t mask) {
    mask -= mask >> 1 & UINT64_C(0x5555555555555555);
    mask = (mask & UINT64_C(0x3333333333333333)) + (mask >> 2 & UINT64_C(0x3333333333333333));
    return ((mask + (mask >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F)) * UINT64_C(0x0101010101010101) >> 56;
}

/* Cutting */

/* Behind the last line feed that has an even number of quotes before it; `odd`: there is an odd number in all. */
static size_t last_record_end(const uint8_t *text, size_t size, uint64_t odd) {
    for (; size && (odd || text[size - 1] != '\n'); size--)
        odd ^= text[size - 1] == QUOTE;
    return size;
}

/* The place to cut, or -1 where a quote or a carriage return stands where it should not. */
PUBLIC int64_t scan_cut(const uint8_t *text, size_t size, uint8_t delimiter, int32_t final) {
    uint8_t padded[CHUNK];
    uint64_t valid, inside = 0;                                   /* all ones where the chunk begins within quotes */
    uint64_t after_edge = 1, after_closing = 0, after_return = 0; /* what stands before the chunk */
    for (size_t at = 0; at < size; at += CHUNK) {
        const uint8_t *chunk = chunk_at(text, size, at, padded, &valid);
        uint64_t quotes = where(chunk, QUOTE), returns = where(chunk, '\r');
        if (!(quotes | returns | after_closing | after_return)) {
            after_edge = chunk[CHUNK - 1] == delimiter || chunk[CHUNK - 1] == '\n';
            continue;
        }
        uint64_t feeds = where(chunk, '\n'), edges = quotes | returns | feeds | where(chunk, delimiter);
        uint64_t odd = odd_so_far(quotes) ^ inside, opening = quotes & odd, closing = quotes & ~odd;
        uint64_t wrong = ((returns << 1 | after_return) & ~feeds) | (opening & ~(edges << 1 | after_edge)) |
                         ((closing << 1 | after_closing) & ~edges);
        if (wrong & valid)
            return -1;
        inside = 0 - (odd >> 63);
        after_edge = edges >> 63, after_closing = closing >> 63, after_return = returns >> 63;
    }
    if (!final)
        return (int64_t)last_record_end(text, size, inside & 1);
    return inside || (size && text[size - 1] == '\r') ? -1 : (int64_t)size;
}

/* UTF-8 (RFC 3629, section 4) */

/* The length of the sequence that `p` begins with; 0 if it is not valid or not whole in `size` bytes. */
static inline size_t sequence(const uint8_t *p, size_t size) {
    uint8_t first = p[0], low = 0x80, high = 0xBF;
    size_t length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length < 2 || size < length)
        return size < length ? 0 : length;
    if (first == 0xE0 || first == 0xF0)
        low = first == 0xE0 ? 0xA0 : 0x90; /* below, fewer bytes would do */
    if (first == 0xED || first == 0xF4)
        high = first == 0xED ? 0x9F : 0x8F; /* above are surrogates, and what is no character */
    int good = p[1] >= low && p[1] <= high;
    for (size_t i = 2; i < length; i++)
        good &= (p[i] & 0xC0) == 0x80;
    return good ? length : 0;
}

#ifdef SCAN_SSE2
/* How many of 64 bytes, from a character's start, are whole sequences; 0 where `sequence` must tell. */
static inline size_t whole_sequences(const uint8_t *p) {
    uint64_t above = 0, following = 0, three = 0, other = 0; /* leads of three bytes or more; leads not judged here */
    for (int i = 0; i < 4; i++) {
        __m128i bytes = sixteen(p, i);
        if (!bits(bytes, 0))
            continue;
        __m128i odd = _mm_cmpeq_epi8(_mm_max_epu8(bytes, all(0xF0)), bytes);
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, all(0xE0)));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(bytes, all(0xED)));
        odd = _mm_or_si128(odd, _mm_cmpeq_epi8(_mm_and_si128(bytes, all(0xFE)), all(0xC0)));
        above |= bits(bytes, i);
        following |= bits(_mm_cmplt_epi8(bytes, all(0xC0)), i); /* as signed numbers, 0x80 to 0xBF are the least */
        three |= bits(_mm_cmpeq_epi8(_mm_max_epu8(bytes, all(0xE0)), bytes), i);
        other |= bits(odd, i);
    }
    uint64_t leads = above & ~following;
    if (other || following != (leads << 1 | three << 2))
        return 0;
    return leads >> 63 ? 63 : three >> 62 ? 62 : 64; /* not the sequence that goes on behind */
}
#else
static inline size_t whole_sequences(const uint8_t *p) {
    uint64_t all = 0;
    for (int i = 0; i < CHUNK; i += 8)
        all |= word_at(p + i);
    return all & UINT64_C(0x8080808080808080) ? 0 : CHUNK;
}
#endif

/* The number of leading bytes that are whole, valid sequences. */
PUBLIC size_t scan_valid_utf8(const uint8_t *text, size_t size) {
    size_t at = 0;
    while (at < size) {
        size_t whole = size - at < CHUNK ? 0 : whole_sequences(text + at);
        at += whole;
        for (size_t stop = at + CHUNK; !whole && at < stop && at < size;) {
            size_t length = sequence(text + at, size - at);
            if (!length)
                return at;
            at += length;
        }
    }
    return at;
}

/* Hashing: SipHash-2-4 with 128 bits (Aumasson and Bernstein 2012, "SipHash: a fast short-input PRF", and its reference
   implementation for 128 bits) */

#define ROTATED(x, n) ((x) << (n) | (x) >> (64 - (n)))

static inline void sip_round(uint64_t v[4]) {
    v[0] += v[1], v[1] = ROTATED(v[1], 13) ^ v[0], v[0] = ROTATED(v[0], 32);
    v[2] += v[3], v[3] = ROTATED(v[3], 16) ^ v[2];
    v[0] += v[3], v[3] = ROTATED(v[3], 21) ^ v[0];
    v[2] += v[1], v[1] = ROTATED(v[1], 17) ^ v[2], v[2] = ROTATED(v[2], 32);
}

static inline void sip_begin(uint64_t v[4], const uint64_t seed[2]) {
    v[0] = seed[0] ^ UINT64_C(0x736f6d6570736575), v[1] = seed[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xEE;
    v[2] = seed[0] ^ UINT64_C(0x6c7967656e657261), v[3] = seed[1] ^ UINT64_C(0x7465646279746573);
}

static inline void sip_take(uint64_t v[4], uint64_t word) {
    v[3] ^= word;
    sip_round(v), sip_round(v);
    v[0] ^= word;
}

/* `last`: the bytes left, and the size as the highest one. The result is never two zeros, which stand for "none". */
static inline void sip_finish(uint64_t v[4], uint64_t last, uint64_t result[2]) {
    sip_take(v, last);
    for (int half = 0; half < 2; half++) {
        v[half ? 1 : 2] ^= half ? 0xDD : 0xEE;
        sip_round(v), sip_round(v), sip_round(v), sip_round(v);
        result[half] = v[0] ^ v[1] ^ v[2] ^ v[3];
    }
    result[1] += !(result[0] | result[1]);
}

static void hash(const uint64_t seed[2], const uint8_t *bytes, size_t size, uint64_t result[2]) {
    uint64_t v[4];
    uint8_t rest[8] = {0};
    size_t at = 0;
    sip_begin(v, seed);
    for (; size - at >= 8; at += 8)
        sip_take(v, word_at(bytes + at));
    for (size_t i = at; i < size; i++)
        rest[i - at] = bytes[i];
    rest[7] = (uint8_t)size;
    sip_finish(v, word_at(rest), result);
}

/* Of several cells the hash of their hashes side by side, of one cell its hash; none where a cell has none. */
static void combine(const uint64_t seed[2], const uint64_t *const *parts, size_t count, size_t row, uint64_t *result) {
    uint64_t v[4], found = 1;
    memcpy(result, parts[0] + 2 * row, 2 * sizeof *result);
    if (count == 1)
        return;
    sip_begin(v, seed);
    for (size_t i = 0; i < count; i++) {
        const uint64_t *part = parts[i] + 2 * row;
        found &= (part[0] | part[1]) != 0;
        sip_take(v, part[0]), sip_take(v, part[1]);
    }
    sip_finish(v, (uint64_t)count << 60, result);
    if (!found)
        result[0] = result[1] = 0;
}

/* -1 where the offsets do not rise or lead out of the data. */
PUBLIC int32_t scan_hash(const uint64_t *seed, const int32_t *offsets, size_t count, const uint8_t *data, size_t size,
                         uint64_t *results) {
    for (size_t i = 0; i < count; i++) {
        int32_t from = offsets[i], to = offsets[i + 1];
        if (from < 0 || to < from || (size_t)to > size)
            return -1;
        hash(seed, data + from, (size_t)(to - from), results + 2 * i);
    }
    return 0;
}

PUBLIC void scan_combine(const uint64_t *seed, const uint64_t *const *parts, size_t width, size_t count,
                         uint64_t *results) {
    for (size_t i = 0; i < count; i++)
        combine(seed, parts, width, i, results + 2 * i);
}

/* Scanning. Functions that give an int give 0 when there is no memory. */

typedef struct {
    const uint8_t *classes;  /* of each of the 256 bytes; NULL without an automaton */
    const uint32_t *rows;    /* for each class where the row begins that it leads to, then whether this row accepts */
    uint32_t width, start;   /* the number of classes; where the first row begins */
    size_t shortest, spread; /* the fewest bytes of a fine cell, and how many more it may have */
    int32_t slot;            /* where the hash of a cell is kept for the keys; -1: in no key */
    int32_t output;          /* the vector of its offsets, that of its bytes is the next one; -1: not emitted */
    uint8_t care;            /* 0: any cell is fine; 1: it is judged; 2: it is hashed or emitted as well */
} column;

typedef struct {
    const column *columns;
    const uint32_t *slots;  /* of the cells of the first key, of the second, ... */
    const uint32_t *widths; /* how many cells each key has */
    uint32_t width, keys, outputs, slot_count, part_count;
    uint64_t seed[2];
    uint8_t delimiter;
} program;

typedef struct {
    uint8_t *bytes;
    size_t size, room;
} vector;

enum { STARTS, RAGGED, BLANK, SUSPECTS, KEYS }; /* the vectors of a result: one a key, then two an output */

#define DOUBLED UINT32_C(0x80000000) /* in the length of a suspect: its quotes are still doubled */

static SELDOM int grow(vector *v, size_t more) {
    size_t room = v->room + v->room / 2 + more + 4096;
    uint8_t *bytes = realloc(v->bytes, room);
    if (bytes)
        v->bytes = bytes, v->room = room;
    return bytes != NULL;
}

static inline int append(vector *v, const void *bytes, size_t size) {
    if (v->room - v->size <= size && !grow(v, size))
        return 0;
    memcpy(v->bytes + v->size, bytes, size);
    v->size += size;
    return 1;
}

typedef struct {
    const program *p;
    const uint8_t *text;
    size_t size;
    vector *results;
    uint64_t *slots;        /* two words each: the hashes of this record's cells */
    const uint64_t **parts; /* the slots of the cells of the first key, of the second, ... */
    uint8_t *undoubled;     /* the content of a cell, each pair of quotes made one */
    size_t suspects;        /* the size of the suspects before this record */
    uint64_t inside, line_breaks;
    uint32_t record;
} run;

static inline int fine(const column *c, const uint8_t *bytes, size_t size) {
    const uint8_t *classes = c->classes;
    const uint32_t *rows = c->rows;
    size_t row = c->start;
    if (size - c->shortest > c->spread) /* wraps where it is shorter */
        return 0;
    if (!classes || !size)
        return 1;
    for (size_t i = 0; i < size; i++) {
        const uint32_t *of_class = rows + classes[bytes[i]]; /* known before the row, which is waited for */
        row = of_class[row];
    }
    return (int)rows[row + c->width];
}

static SELDOM int suspect(run *r, uint32_t number, size_t from, size_t size, uint32_t doubled) {
    uint32_t entry[4] = {r->record, number, (uint32_t)from, (uint32_t)size | doubled};
    return append(&r->results[SUSPECTS], entry, sizeof entry);
}

/* Judges a cell that may hold doubled quotes, and gives of it what is asked for. */
static SELDOM int look_closely(run *r, uint32_t number, size_t from, size_t size, int quoted) {
    const column *c = &r->p->columns[number];
    const uint8_t *content = r->text + from;
    uint32_t doubled = quoted && memchr(content, QUOTE, size) ? DOUBLED : 0;
    size_t length = size;
    if (doubled) {
        if (!r->undoubled && !(r->undoubled = malloc(r->size)))
            return 0;
        length = 0;
        for (size_t i = 0; i < size; i += content[i] == QUOTE ? 2 : 1)
            r->undoubled[length++] = content[i];
        content = r->undoubled;
    }
    if ((doubled && c->classes) || !fine(c, content, length)) {
        if (!suspect(r, number, from, size, doubled))
            return 0;
    } else if (c->slot >= 0 && length)
        hash(r->p->seed, content, length, r->slots + 2 * c->slot);
    return c->output < 0 || append(&r->results[c->output + 1], content, length);
}

/* `line`: the record is not an empty line; `filled`: not all its cells are empty; `next`: where the next one starts. */
static int take_record(run *r, uint32_t cells, int line, int filled, uint32_t next) {
    const program *p = r->p;
    const uint64_t *const *parts = r->parts;
    vector *results = r->results;
    uint32_t ragged[2] = {r->record, cells};
    int good = append(&results[STARTS], &next, sizeof next);
    if (cells != p->width && line)
        good &= append(&results[RAGGED], ragged, sizeof ragged);
    if (cells <= p->width && !filled) {
        good &= append(&results[BLANK], &r->record, sizeof r->record);
        results[SUSPECTS].size = r->suspects;
    }
    for (uint32_t key = 0; key < p->keys; parts += p->widths[key++]) {
        uint64_t result[2];
        combine(p->seed, parts, p->widths[key], 0, result);
        good &= append(&results[KEYS + key], result, sizeof result);
    }
    for (vector *output = results + KEYS + p->keys, *end = output + 2 * p->outputs; output < end; output += 2) {
        uint32_t offset = (uint32_t)output[1].size;
        good &= append(output, &offset, sizeof offset);
    }
    memset(r->slots, 0, p->slot_count * 2 * sizeof *r->slots);
    r->suspects = results[SUSPECTS].size;
    r->record++;
    return good;
}

/* Notes in `places` where cells end in the tile of the text at `at`; gives how many there are. */
static size_t cell_ends(run *r, size_t at, uint32_t *places) {
    uint8_t padded[CHUNK];
    uint64_t valid;
    size_t count = 0, stop = r->size - at < TILE ? r->size : at + TILE;
    for (; at < stop; at += CHUNK) {
        const uint8_t *chunk = chunk_at(r->text, r->size, at, padded, &valid);
        uint64_t quotes = where(chunk, QUOTE), feeds = where(chunk, '\n') & valid;
        uint64_t ends = feeds | (where(chunk, r->p->delimiter) & valid);
        if (quotes | r->inside) {
            uint64_t odd = odd_so_far(quotes) ^ r->inside;
            r->line_breaks += ones(feeds & odd);
            ends &= ~odd;
            r->inside = 0 - (odd >> 63);
        }
        uint32_t *place = places + count;
        count += ones(ends);
        for (; ends; place += 6) /* six at once, the last of them rubbish: there are fewer branches to mispredict */
            for (int i = 0; i < 6; i++, ends &= ends - 1)
                place[i] = (uint32_t)at + (uint32_t)__builtin_ctzll(ends | UINT64_C(1) << 63);
    }
    if (stop == r->size && (!count || places[count - 1] != stop - 1 || r->text[stop - 1] != '\n'))
        places[count++] = (uint32_t)stop; /* the last record has no line break */
    return count;
}

/* Goes through the text. Where cells end is noted before they are looked at, so that the processor learns the rhythm of
   the columns, undisturbed by the edges of chunks. */
static int go(run *r) {
    const uint8_t *text = r->text;
    const column *columns = r->p->columns;
    uint32_t places[TILE + CHUNK], number = 0, width = r->p->width;
    size_t begin = 0, from = 0, filled = 0; /* where this record and this cell begin; not 0 if a cell is not empty */
    for (size_t at = 0; at < r->size; at += TILE) {
        size_t count = cell_ends(r, at, places);
        for (size_t i = 0; i < count; i++) {
            size_t end = places[i];
            int feed = end < r->size && text[end] == '\n', last = end == r->size;
            size_t size = end - from - (feed && end > from && text[end - 1] == '\r');
            int line = from + size > begin, quoted = (size >= 2) & (text[size ? from : 0] == QUOTE);
            from += (size_t)quoted, size -= 2 * (size_t)quoted;
            filled |= size;
            if (number < width && columns[number].care) {
                if (quoted | (columns[number].care > 1)) {
                    if (!look_closely(r, number, from, size, quoted))
                        return 0;
                } else if (!fine(columns + number, text + from, size) && !suspect(r, number, from, size, 0))
                    return 0;
            }
            number++;
            from = end + 1;
            if (feed | last) {
                r->line_breaks += (uint64_t)feed;
                begin = from -= (size_t)last;
                if (!take_record(r, number, line, filled != 0, (uint32_t)begin))
                    return 0;
                number = 0, filled = 0;
            }
        }
    }
    return 1;
}

/* Fills `results`, which are all zero before, and `*line_breaks`. The text has less than 2 GiB. */
PUBLIC int32_t scan_records(const program *p, const uint8_t *text, size_t size, vector *results,
                            uint64_t *line_breaks) {
    run r = {.p = p, .text = text, .size = size, .results = results};
    uint32_t zero = 0;
    r.slots = calloc(p->slot_count + 1, 2 * sizeof *r.slots);
    r.parts = malloc((p->part_count + 1) * sizeof *r.parts);
    int good = r.slots && r.parts && append(&results[STARTS], &zero, sizeof zero);
    for (uint32_t i = 0; good && i < p->part_count; i++)
        r.parts[i] = r.slots + 2 * p->slots[i];
    for (uint32_t i = 0; good && i < p->outputs; i++)
        good = append(&results[KEYS + p->keys + 2 * i], &zero, sizeof zero);
    good = good && go(&r);
    *line_breaks = r.line_breaks;
    free(r.slots), free(r.parts), free(r.undoubled);
    return good;
}

/* Notes in `pairs` which of `count` hashes repeat an earlier one, and the first that they are equal to; all zeros is no
   hash. An open-addressed table holds a part of each hash beside its number, so that few others are looked at. */
PUBLIC int32_t scan_repeats(const uint64_t *hashes, size_t count, vector *pairs) {
    size_t room = 1024;
    while (room < 2 * count)
        room *= 2;
    uint64_t *table = calloc(room, sizeof *table);
    int good = table != NULL;
    for (size_t i = 0; good && i < count; i++) {
        const uint64_t *hash = hashes + 2 * i;
        uint64_t tag = hash[0] >> 32 << 32;
        if (!(hash[0] | hash[1]))
            continue;
        size_t at = (size_t)hash[0] & (room - 1);
        for (; table[at]; at = (at + 1) & (room - 1)) {
            size_t first = (uint32_t)table[at] - (size_t)1;
            if ((table[at] ^ tag) >> 32 || memcmp(hashes + 2 * first, hash, 16))
                continue;
            uint32_t pair[2] = {(uint32_t)i, (uint32_t)first};
            good = append(pairs, pair, sizeof pair);
            break;
        }
        if (!table[at])
            table[at] = tag | (uint32_t)(i + 1);
    }
    free(table);
    return good;
}

PUBLIC void scan_release(vector *results, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(results[i].bytes);
}
