/* Windows of real KPI series: neighbours in time differ by one sample, so that near-duplicates are everywhere. */
#ifndef MEMORY_TELEMETRY_HPP
#define MEMORY_TELEMETRY_HPP

#include <string>

#include "dataset.hpp"

/* Windows of 64 samples of all series in the CSV files of a folder, each series in units of its own standard deviation; where that gives too few rows, also
 * windows of every second, third, .. sample. Fewer rows than asked for when the series have no more. */
dataset make_telemetry(const std::string &folder, size_t rows, size_t queries);

#endif
