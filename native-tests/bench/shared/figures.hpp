/* Lists of numbers: what a worker answers, and what the tables make of several answers. */
#ifndef BENCH_FIGURES_HPP
#define BENCH_FIGURES_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

using figures = std::vector<double>;

/* Stands for "was not measured"; tables print it as "-". */
constexpr double none = std::numeric_limits<double>::quiet_NaN();

/* Numbers that were not measured are left out; none if that leaves nothing. */
inline double quantile(figures values, double p)
{
    values.erase(std::remove_if(values.begin(), values.end(), [](double x) { return std::isnan(x); }), values.end());
    if (values.empty()) {
        return none;
    }
    auto at = values.begin() + static_cast<std::ptrdiff_t>(p * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

inline double median(const figures &values)
{
    return quantile(values, 0.5);
}

#endif
