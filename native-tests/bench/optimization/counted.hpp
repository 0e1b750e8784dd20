/* A function that counts how often it is asked, until a value is reached or the budget is used. */
#ifndef OPTIMIZATION_COUNTED_HPP
#define OPTIMIZATION_COUNTED_HPP

#include <cmath>
#include <cstdint>

#include "functions.hpp"
#include "plan.hpp"

class counted_function {
public:
    /* target: -HUGE_VAL when only the budget ends it. */
    counted_function(test_function &function, uint64_t budget, double target) : function_(function), budget_(budget), target_(target) {}

    /* What is asked after the end is not counted. */
    double operator()(const double *x)
    {
        const double value = function_(x);
        if (!over()) {
            evaluations_++;
            solved_ = value <= target_;
        }
        return value;
    }

    bool over() const { return solved_ || evaluations_ >= budget_; }
    bool solved() const { return solved_; }
    uint64_t evaluations() const { return evaluations_; }
    uint64_t left() const { return budget_ - evaluations_; }
    size_t dimension() const { return function_.dimension; }

private:
    test_function &function_;
    uint64_t budget_, evaluations_ = 0;
    double target_;
    bool solved_ = false;
};

#endif
