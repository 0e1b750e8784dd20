/* Our optimiser, through the C ABI. */
#ifndef OPTIMIZATION_OURS_HPP
#define OPTIMIZATION_OURS_HPP

#include <cstdint>
#include <functional>
#include <string>

#include "answers.hpp"
#include "functions.hpp"
#include "rancognition.h"

struct our_answer {
    std::string stopped;
    uint64_t evaluations;
    double value;
    numbers x;
    double bound;
    bool feasible;
};

/* Gives the objectives and the constraints of a point. */
using host_function = std::function<void(const double *x, double *objectives, double *constraints)>;

class ours {
public:
    ours();
    ~ours();
    ours(const ours &) = delete;
    ours &operator=(const ours &) = delete;

    /* These give the JSON that the library wrote, and end the program when the call fails. */
    std::string result_of(const std::string &problem) const;
    std::string result_of(const std::string &problem, const host_function &function) const;
    std::string evaluate_network(const std::string &network) const;

    our_answer optimize(const std::string &problem) const;

private:
    rancog_optimization *self_;
};

our_answer answer_of(const std::string &result);

/* "function":{..},"budget":{..},"seed":.. of a problem, to which members may be added. */
std::string problem_of(int id, int dimension, int instance, uint64_t budget, uint64_t seed);

/* "variables":[..] x1.. within bounds, which begin at a point if one is given. */
std::string real_variables(const numbers &lower, const numbers &upper, const numbers &initial = {});

/* "objectives" or "constraints":[..], named by a letter and their number. */
std::string named(const char *what, const char *letter, size_t count);

#endif
