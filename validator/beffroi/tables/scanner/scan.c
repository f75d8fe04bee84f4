/* The native scanner for delimited text: it cuts, checks UTF-8, tokenises, accepts in bulk what is surely valid and
   hashes. What each function promises is said in `__init__.py`.

   It decides nothing about validity but by the tables that Python gives it; what is not accepted here is handed to
   exact Python. There are no globals: every function is reentrant and runs without Python's lock. Bytes are looked at
   64 at a time as masks, bit i standing for byte i. On x86-64 these come from AVX2 where the processor has it, else
   from SSE2 (always with -DSCAN_SSE2), elsewhere (or with -DSCAN_PLAIN) from plain C. What is compiled both with AVX2
   and without has a parameter `wide`, a constant in each of both.

   Memory safety needs nothing of the text; what it needs of the tables, `Automaton` and `Program` check in Python:
   every class is below the width, every row that is led to exists, every key is of columns that are there. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__) && !defined(SCAN_PLAIN)
#define HAS_SSE2
#include <emmintrin.h>
#endif
#if defined(HAS_SSE2) && defined(__x86_64__) && !defined(SCAN_SSE2)
#define HAS_AVX2
#include <immintrin.h>
#define WIDE __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))
#define WIDELY(value) if (wide) return value
#else
#define WIDE
#define WIDELY(value) (void)wide
#endif

#ifdef _WIN32
#define PUBLIC __declspec(dllexport)
#else
#define PUBLIC __attribute__((visibility("default")))
#endif
#define SELDOM __attribute__((noinline)) /* out of the way of what happens for each cell */
#define INLINE static inline __attribute__((always_inline))

#define VERSION 3 /* of the interface: the same number stands in native.py */
#ifndef SCAN_SOURCE
#define SCAN_SOURCE 0 /* the CRC-32 of this file, by which a test finds a library that was built of another one */
#endif

PUBLIC uint32_t scan_version(void) { return VERSION; }
PUBLIC uint32_t scan_source(void) { return SCAN_SOURCE; }

/* Whether this processor has AVX2 and what came with it, and this library makes use of it. */
PUBLIC int32_t scan_is_wide(void) {
#ifdef HAS_AVX2
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("pclmul");
#else
    return 0;
#endif
}

/* 64 bytes as masks */

#define QUOTE '"'
#define CHUNK 64
#define TILE (64 * CHUNK)

/* Eight bytes as a little-endian word, on every machine; compilers make one load of it. */
static inline uint64_t word_at(const uint8_t *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
           (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

#ifdef HAS_SSE2
static inline __m128i sixteen(const uint8_t *p, int i) { return _mm_loadu_si128((const __m128i *)(p + 16 * i)); }
static inline __m128i all(int byte) { return _mm_set1_epi8((char)byte); }
static inline uint64_t bits(__m128i bytes, int i) { return (uint64_t)(uint32_t)_mm_movemask_epi8(bytes) << 16 * i; }
#endif

#ifdef HAS_AVX2
WIDE static inline __m256i load(const uint8_t *p) { return _mm256_loadu_si256((const __m256i *)p); }
WIDE static inline uint32_t mask_of(__m256i bytes) { return (uint32_t)_mm256_movemask_epi8(bytes); }

WIDE static inline uint64_t where_wide(const uint8_t *p, uint8_t byte) {
    __m256i wanted = _mm256_set1_epi8((char)byte);
    return mask_of(_mm256_cmpeq_epi8(load(p), wanted)) |
           (uint64_t)mask_of(_mm256_cmpeq_epi8(load(p + 32), wanted)) << 32;
}

/* A product without carries: with all ones, bit i is the sum of the bits 0 to i. */
WIDE static inline uint64_t odd_so_far_wide(uint64_t mask) {
    __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)mask), _mm_set1_epi8(-1), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}
#endif

/* Which of 64 bytes are `byte`. */
INLINE uint64_t where(const uint8_t *p, uint8_t byte, int wide) {
    WIDELY(where_wide(p, byte));
    uint64_t mask = 0;
#ifdef HAS_SSE2
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
INLINE uint64_t odd_so_far(uint64_t mask, int wide) {
    WIDELY(odd_so_far_wide(mask));
    for (int shift = 1; shift < 64; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

/* How many ones there are; without the instruction, the compiler's own would be a call. */
INLINE uint64_t ones(uint64_t mask, int wide) {
    WIDELY((uint64_t)__builtin_popcountll(mask));
    mask -= mask >> 1 & UINT64_C(0x5555555555555555);
    mask = (mask & UINT64_C(0x3333333333333333)) + (mask >> 2 & UINT64_C(0x3333333333333333));
    return ((mask + (mask >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F)) * UINT64_C(0x0101010101010101) >> 56;
}

/* The place of the first one; 64 where there is none, which is one instruction with AVX2. */
static inline uint32_t first_one(uint64_t mask) { return mask ? (uint32_t)__builtin_ctzll(mask) : 64; }

/* Cutting */

/* Behind the last line feed that has an even number of quotes before it; `odd`: there is an odd number in all. */
static size_t last_record_end(const uint8_t *text, size_t size, uint64_t odd) {
    for (; size && (odd || text[size - 1] != '\n'); size--)
        odd ^= text[size - 1] == QUOTE;
    return size;
}

INLINE int64_t cut(const uint8_t *text, size_t size, uint8_t delimiter, int32_t final, int wide) {
    uint8_t padded[CHUNK];
    uint64_t valid, inside = 0;                                   /* all ones where the chunk begins within quotes */
    uint64_t after_edge = 1, after_closing = 0, after_return = 0; /* what stands before the chunk */
    for (size_t at = 0; at < size; at += CHUNK) {
        const uint8_t *chunk = chunk_at(text, size, at, padded, &valid);
        uint64_t quotes = where(chunk, QUOTE, wide), returns = where(chunk, '\r', wide);
        if (!(quotes | returns | after_closing | after_return)) {
            after_edge = chunk[CHUNK - 1] == delimiter || chunk[CHUNK - 1] == '\n';
            continue;
        }
        uint64_t feeds = where(chunk, '\n', wide), edges = quotes | returns | feeds | where(chunk, delimiter, wide);
        uint64_t odd = odd_so_far(quotes, wide) ^ inside, opening = quotes & odd, closing = quotes & ~odd;
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

WIDE static int64_t cut_wide(const uint8_t *text, size_t size, uint8_t delimiter, int32_t final) {
    return cut(text, size, delimiter, final, 1);
}

/* The place to cut, or -1 where a quote or a carriage return stands where it should not. */
PUBLIC int64_t scan_cut(const uint8_t *text, size_t size, uint8_t delimiter, int32_t final) {
    return scan_is_wide() ? cut_wide(text, size, delimiter, final) : cut(text, size, delimiter, final, 0);
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

#ifdef HAS_SSE2
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

#ifdef HAS_AVX2
/* What may be wrong with two bytes in a row, by J. Keiser and D. Lemire 2021, "Validating UTF-8 in less than one
   instruction per byte": a table for each of three half bytes tells what it may be a part of, all three what it is. */
enum {
    TOO_SHORT = 1,   /* a lead, and none that follows */
    TOO_LONG = 2,    /* ASCII, and one that follows */
    OVERLONG_3 = 4,  /* E0, and below A0 */
    TOO_LARGE = 8,   /* F4 or above, and 90 or above */
    SURROGATE = 16,  /* ED, and A0 or above */
    OVERLONG_2 = 32, /* C0 or C1, and one that follows */
    OUTSIDE_4 = 64,  /* F0 or F5 and above, and below 90 */
    TWO = 128,       /* two that follow, which is right in sequences of three and four */
    EITHER = TOO_SHORT | TOO_LONG | TWO,
    ABOVE = EITHER | TOO_LARGE | OUTSIDE_4,
    FOLLOWS = TOO_LONG | OVERLONG_2 | TWO
};
static const uint8_t FIRST_HIGH[16] = {
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TWO, TWO, TWO, TWO,
    TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE, TOO_SHORT | TOO_LARGE | OUTSIDE_4};
static const uint8_t FIRST_LOW[16] = {
    EITHER | OVERLONG_2 | OVERLONG_3 | OUTSIDE_4, EITHER | OVERLONG_2, EITHER, EITHER, EITHER | TOO_LARGE, ABOVE, ABOVE,
    ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, ABOVE, ABOVE | SURROGATE, ABOVE, ABOVE};
static const uint8_t SECOND_HIGH[16] = {
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    FOLLOWS | OVERLONG_3 | OUTSIDE_4, FOLLOWS | OVERLONG_3 | TOO_LARGE, FOLLOWS | SURROGATE | TOO_LARGE,
    FOLLOWS | SURROGATE | TOO_LARGE, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT};

WIDE static inline __m256i in_table(const uint8_t *table, __m256i bytes, int shift) {
    __m256i halves = _mm256_and_si256(_mm256_srli_epi16(bytes, shift), _mm256_set1_epi8(0x0F));
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(sixteen(table, 0)), halves);
}

/* All zeros where 32 bytes go on rightly behind those before them, of which there are three or more. */
WIDE static inline __m256i wrong_utf8(const uint8_t *p) {
    __m256i first = load(p - 1);
    __m256i pairs = _mm256_and_si256(in_table(FIRST_HIGH, first, 4), in_table(FIRST_LOW, first, 0));
    __m256i third = _mm256_subs_epu8(load(p - 2), _mm256_set1_epi8(0xE0 - 0x80)); /* 80 or above behind such a lead */
    __m256i fourth = _mm256_subs_epu8(load(p - 3), _mm256_set1_epi8(0xF0 - 0x80));
    __m256i two = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8((char)TWO));
    return _mm256_xor_si256(two, _mm256_and_si256(pairs, in_table(SECOND_HIGH, load(p), 4)));
}

/* From the start of a sequence to that of another one, before which all is right, and behind it not for long. */
WIDE static size_t right_wide(const uint8_t *text, size_t size, size_t at) {
    size_t from = at;
    for (; at >= 3 && size - at >= CHUNK; at += CHUNK) {
        __m256i wrong = _mm256_or_si256(wrong_utf8(text + at), wrong_utf8(text + at + 32));
        if (!_mm256_testz_si256(wrong, wrong))
            break;
    }
    while (at > from && (text[at - 1] & 0xC0) == 0x80)
        at--;
    return at > from ? at - 1 : at;
}
#else
#define right_wide right
#endif

/* The same without AVX2, from any place. */
static size_t right(const uint8_t *text, size_t size, size_t at) {
    for (size_t whole = 1; whole && size - at >= CHUNK; at += whole)
        whole = whole_sequences(text + at);
    return at;
}

/* The number of leading bytes that are whole, valid sequences. */
PUBLIC size_t scan_valid_utf8(const uint8_t *text, size_t size) {
    int wide = scan_is_wide();
    size_t at = 0;
    while (at < size) {
        at = wide ? right_wide(text, size, at) : right(text, size, at);
        for (size_t stop = at + CHUNK; at < stop && at < size;) {
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
    uint64_t rest = 0;
    size_t at = 0, left = size % 8;
    sip_begin(v, seed);
    for (; at < size - left; at += 8)
        sip_take(v, word_at(bytes + at));
    if (left && at)
        rest = word_at(bytes + size - 8) >> (64 - 8 * left);
    for (size_t i = 0; !at && i < left; i++)
        rest |= (uint64_t)bytes[i] << 8 * i;
    sip_finish(v, rest | (uint64_t)size << 56, result);
}

/* Of several cells the hash of their hashes side by side, of one cell its hash; none where a cell has none. */
static void combine(const uint64_t seed[2], const uint64_t *const *parts, size_t count, size_t row, uint64_t *result) {
    uint64_t v[4], found = 1;
    const volatile uint64_t *only = parts[0] + 2 * row; /* two loads, as it may just have been stored by two */
    result[0] = only[0], result[1] = only[1];
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
    const uint8_t *ranges;   /* the least byte at each of RANGES places, then the greatest; NULL if more is asked */
    uint64_t lengths;        /* with ranges, bit i: i bytes are accepted */
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

#define RANGES 32
#define DOUBLED UINT32_C(0x80000000) /* in the length of a suspect: its quotes are still doubled */

static SELDOM int grow(vector *v, size_t more) {
    size_t room = v->room + v->room / 2 + more + 4096;
    uint8_t *bytes = realloc(v->bytes, room);
    if (bytes)
        v->bytes = bytes, v->room = room;
    return bytes != NULL;
}

/* Makes room for some more bytes, which `put` then only copies. */
static inline int room_for(vector *v, size_t more) { return v->room - v->size > more || grow(v, more); }

static inline void put(vector *v, const void *bytes, size_t size) {
    memcpy(v->bytes + v->size, bytes, size);
    v->size += size;
}

static inline int append(vector *v, const void *bytes, size_t size) {
    if (!room_for(v, size))
        return 0;
    put(v, bytes, size);
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

#ifdef HAS_AVX2
WIDE static inline uint32_t out_of_ranges_wide(const uint8_t *bytes, const uint8_t *ranges) {
    __m256i found = load(bytes), least = load(ranges), most = load(ranges + RANGES);
    return ~mask_of(_mm256_cmpeq_epi8(_mm256_min_epu8(_mm256_max_epu8(found, least), most), found));
}
#endif

#ifdef HAS_SSE2
/* Which of RANGES bytes are not in the range of their place. */
INLINE uint32_t out_of_ranges(const uint8_t *bytes, const uint8_t *ranges, int wide) {
    WIDELY(out_of_ranges_wide(bytes, ranges));
    uint32_t within = 0;
    for (int i = 0; i < RANGES / 16; i++) {
        __m128i found = sixteen(bytes, i), least = sixteen(ranges, i), most = sixteen(ranges + RANGES, i);
        within |= (uint32_t)bits(_mm_cmpeq_epi8(_mm_min_epu8(_mm_max_epu8(found, least), most), found), i);
    }
    return ~within;
}
#endif

/* Whether a cell is fine; `room`: how many bytes may be read from its beginning. */
INLINE int fine(const column *c, const uint8_t *bytes, size_t size, size_t room, int wide) {
    size_t row = c->start;
    if (size - c->shortest > c->spread) /* wraps where it is shorter */
        return 0;
    if (!c->classes)
        return 1;
#ifdef HAS_SSE2
    if (c->ranges && room >= RANGES && size <= RANGES)
        return (c->lengths >> size & 1) & !(out_of_ranges(bytes, c->ranges, wide) & ((UINT64_C(1) << size) - 1));
#endif
    (void)room, (void)wide;
    for (size_t i = 0; i < size; i++) {
        const uint32_t *of_class = c->rows + c->classes[bytes[i]]; /* known before the row, which is waited for */
        row = of_class[row];
    }
    return c->rows[row + c->width] || !size;
}

static SELDOM int suspect(run *r, uint32_t number, size_t from, size_t size, uint32_t doubled) {
    uint32_t entry[4] = {r->record, number, (uint32_t)from, (uint32_t)size | doubled};
    return append(&r->results[SUSPECTS], entry, sizeof entry);
}

/* Gives of a cell what is asked for. */
static SELDOM int give(run *r, const column *c, const uint8_t *content, size_t size, int good) {
    uint64_t *slot = c->slot < 0 ? NULL : r->slots + 2 * c->slot;
    if (slot && good && size)
        hash(r->p->seed, content, size, slot);
    else if (slot)
        slot[0] = slot[1] = 0;
    return c->output < 0 || append(&r->results[c->output + 1], content, size);
}

/* A cell that holds doubled quotes is fine only where its length tells. */
static SELDOM int take_doubled(run *r, uint32_t number, size_t from, size_t size) {
    const column *c = &r->p->columns[number];
    const uint8_t *written = r->text + from;
    size_t length = 0;
    if (!r->undoubled && !(r->undoubled = malloc(r->size)))
        return 0;
    for (size_t i = 0; i < size; i += written[i] == QUOTE ? 2 : 1)
        r->undoubled[length++] = written[i];
    int good = !c->classes && fine(c, r->undoubled, length, 0, 0);
    return (good || suspect(r, number, from, size, DOUBLED)) && give(r, c, r->undoubled, length, good);
}

INLINE int take_cell(run *r, uint32_t number, size_t from, size_t size, int quoted, int wide) {
    const column *c = &r->p->columns[number];
    const uint8_t *content = r->text + from;
    if (number >= r->p->width || !c->care)
        return 1;
    if (c->care == 1 && !c->classes && size - c->shortest <= c->spread)
        return 1; /* also with doubled quotes, which make it shorter, but not empty */
    if (quoted && memchr(content, QUOTE, size))
        return take_doubled(r, number, from, size);
    int good = fine(c, content, size, r->size - from, wide);
    if (!good && !suspect(r, number, from, size, 0))
        return 0;
    return c->care == 1 || give(r, c, content, size, good);
}

/* `line`: the record is not an empty line; `filled`: not all its cells are empty; `next`: where the next one starts. */
INLINE int take_record(run *r, uint32_t cells, int line, int filled, uint32_t next) {
    const program *p = r->p;
    const uint64_t *const *parts = r->parts;
    vector *results = r->results;
    uint32_t ragged[2] = {r->record, cells};
    int good = 1;
    put(&results[STARTS], &next, sizeof next);
    if (cells != p->width && line)
        good &= append(&results[RAGGED], ragged, sizeof ragged);
    if (cells <= p->width && !filled) {
        good &= append(&results[BLANK], &r->record, sizeof r->record);
        results[SUSPECTS].size = r->suspects;
    }
    for (uint32_t number = cells; number < p->width; number++)
        if (p->columns[number].slot >= 0)
            memset(r->slots + 2 * p->columns[number].slot, 0, 2 * sizeof *r->slots);
    for (uint32_t key = 0; key < p->keys; parts += p->widths[key++]) {
        uint64_t result[2];
        combine(p->seed, parts, p->widths[key], 0, result);
        put(&results[KEYS + key], result, sizeof result);
    }
    for (vector *output = results + KEYS + p->keys, *end = output + 2 * p->outputs; output < end; output += 2) {
        uint32_t offset = (uint32_t)output[1].size;
        put(output, &offset, sizeof offset);
    }
    r->suspects = results[SUSPECTS].size;
    r->record++;
    return good;
}

/* Makes room for what `take_record` always puts, for some more records. */
static int room_for_records(run *r, size_t count) {
    const program *p = r->p;
    vector *results = r->results, *outputs = results + KEYS + p->keys;
    int good = room_for(&results[STARTS], count * sizeof(uint32_t));
    for (uint32_t i = 0; i < p->keys; i++)
        good = good && room_for(&results[KEYS + i], count * 2 * sizeof(uint64_t));
    for (uint32_t i = 0; i < p->outputs; i++)
        good = good && room_for(&outputs[2 * i], count * sizeof(uint32_t));
    return good;
}

/* Notes in `places` where cells end in the tile of the text at `at`; gives how many there are. */
INLINE size_t cell_ends(run *r, size_t at, uint32_t *places, int wide) {
    uint8_t padded[CHUNK];
    uint64_t valid;
    size_t count = 0, stop = r->size - at < TILE ? r->size : at + TILE;
    for (; at < stop; at += CHUNK) {
        const uint8_t *chunk = chunk_at(r->text, r->size, at, padded, &valid);
        uint64_t quotes = where(chunk, QUOTE, wide), feeds = where(chunk, '\n', wide) & valid;
        uint64_t ends = feeds | (where(chunk, r->p->delimiter, wide) & valid);
        if (wide || (quotes | r->inside)) { /* where odd_so_far is quick, it is quicker not to ask */
            uint64_t odd = odd_so_far(quotes, wide) ^ r->inside;
            r->line_breaks += ones(feeds & odd, wide);
            ends &= ~odd;
            r->inside = 0 - (odd >> 63);
        }
        uint32_t *place = places + count;
        count += ones(ends, wide);
        do { /* eight at once, the last of them rubbish: there are fewer branches to mispredict */
            for (int i = 0; i < 8; i++, ends &= ends - 1)
                *place++ = (uint32_t)at + first_one(ends);
        } while (ends);
    }
    return count;
}

/* How far the text was gone through: where this record and this cell begin; not 0 if a cell is not empty. */
typedef struct {
    size_t record, cell, filled;
    uint32_t number;
} progress;

/* Takes the cell that ends at `end`, and the record where a line feed or the text ends it. */
INLINE int take_end(run *r, progress *now, size_t end, int feed, int last, int wide) {
    const uint8_t *text = r->text;
    size_t from = now->cell, size = end - from - (feed && end > from && text[end - 1] == '\r');
    int line = from + size > now->record, quoted = (size >= 2) & (text[last && !size ? 0 : from] == QUOTE);
    from += (size_t)quoted, size -= 2 * (size_t)quoted;
    now->filled |= size;
    if (!take_cell(r, now->number++, from, size, quoted, wide))
        return 0;
    now->cell = end + 1;
    if (!feed && !last)
        return 1;
    uint32_t cells = now->number, next = (uint32_t)(end + !last);
    int filled = now->filled != 0;
    r->line_breaks += (uint64_t)feed;
    *now = (progress){.record = next, .cell = next};
    return take_record(r, cells, line, filled, next);
}

/* Goes through the text. Where cells end is noted before they are looked at, so that the processor learns the rhythm of
   the columns, undisturbed by the edges of chunks. */
INLINE int go(run *r, int wide) {
    uint32_t places[TILE + CHUNK];
    progress now = {0};
    for (size_t at = 0; at < r->size; at += TILE) {
        size_t count = cell_ends(r, at, places, wide);
        if (!room_for_records(r, count + 1))
            return 0;
        for (size_t i = 0; i < count; i++)
            if (!take_end(r, &now, places[i], r->text[places[i]] == '\n', 0, wide))
                return 0;
    }
    return now.record == r->size || take_end(r, &now, r->size, 0, 1, wide); /* the last one may have no line break */
}

WIDE static int go_wide(run *r) { return go(r, 1); }

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
    good = good && (scan_is_wide() ? go_wide(&r) : go(&r, 0));
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
