/* Numbers as the tables show them. */
#ifndef BENCH_TABLE_HPP
#define BENCH_TABLE_HPP

#include <cmath>
#include <cstdio>
#include <string>

/* Right-aligned; "-" for what was not measured. */
inline std::string cell(double value, int width, int decimals)
{
    char text[64];
    if (std::isnan(value)) {
        std::snprintf(text, sizeof text, "%*s", width, "-");
    } else {
        std::snprintf(text, sizeof text, "%*.*f", width, decimals, value);
    }
    return text;
}

/* Prints a cell after a space. */
inline void put(double value, int width, int decimals)
{
    std::printf(" %s", cell(value, width, decimals).c_str());
}

/* 1000000 as "1 000 000". */
inline std::string grouped(size_t value)
{
    std::string digits = std::to_string(value);
    for (size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, " ");
    }
    return digits;
}

#endif
