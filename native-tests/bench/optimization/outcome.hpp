/* What several runs on one function come to. */
#ifndef OPTIMIZATION_OUTCOME_HPP
#define OPTIMIZATION_OUTCOME_HPP

#include <cstdint>

#include "figures.hpp"

struct outcome {
    figures evaluations;
    size_t solved = 0;
    double cpu_ns = 0;

    void add(uint64_t count, bool reached, double ns)
    {
        evaluations.push_back(static_cast<double>(count));
        solved += reached ? 1 : 0;
        cpu_ns += ns;
    }

    double total() const
    {
        double sum = 0;
        for (double count : evaluations) {
            sum += count;
        }
        return sum;
    }

    /* Evaluations of all runs for each one that reached the value; none when no run did. */
    double expected() const { return solved ? total() / static_cast<double>(solved) : none; }

    double us_each() const { return cpu_ns / 1000 / total(); }
};

#endif
