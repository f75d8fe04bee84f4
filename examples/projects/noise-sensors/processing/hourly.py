"""Make the published measurements from the readings: an equivalent level (LAeq) for each sensor and hour.

    python processing/hourly.py raw/readings-2026-11-18.csv > data/noise/measurements.csv

A level is a logarithm, so it is the energy behind the readings that is averaged: LAeq = 10 · log10(mean(10^(L/10))).
An hour with fewer than five of its six readings is written down as suspect.
"""

import csv
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from math import log10

EXPECTED = 6
HEADER = ["sensor_id", "property", "statistic", "start", "end", "value", "unit", "validity", "data_capture"]


def laeq(levels: list[float]) -> float:
    """The equivalent level of readings in dB."""
    return 10 * log10(sum(10 ** (each / 10) for each in levels) / len(levels))


def readings(path: str) -> dict[tuple[str, datetime], list[float]]:
    """The levels of each sensor and hour; an hour in which nothing was read has none."""
    hours: dict[tuple[str, datetime], list[float]] = defaultdict(list)
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            levels = hours[row["sensor"], datetime.fromisoformat(row["time"]).replace(minute=0)]
            if row["laeq_10min"]:
                levels.append(float(row["laeq_10min"]))
    return hours


def main(path: str) -> None:
    """Write the measurements that are made of the readings at a path."""
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(HEADER)
    for (sensor, start), levels in sorted(readings(path).items()):
        period = [start.isoformat(), (start + timedelta(hours=1)).isoformat()]
        value = f"{laeq(levels):.1f}" if levels else ""
        validity = "valid" if len(levels) >= EXPECTED - 1 else "suspect"
        capture = round(100 * len(levels) / EXPECTED)
        table.writerow([sensor, "sound-level", "LAeq", *period, value, "dB[SPL]", validity, capture])


if __name__ == "__main__":
    main(sys.argv[1])
