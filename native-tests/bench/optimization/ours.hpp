/* Our optimiser, through the C ABI. */
#ifndef OPTIMIZATION_OURS_HPP
#define OPTIMIZATION_OURS_HPP

#include <cstdint>
#include <string>

#include "functions.hpp"
#include "rancognition.h"

struct our_answer {
    std::string stopped;
    uint64_t evaluations;
    double value;
    numbers x;
    double bound;
};

class ours {
public:
    ours();
    ~ours();
    ours(const ours &) = delete;
    ours &operator=(const ours &) = delete;

    /* Ends the program when the call fails. */
    our_answer optimize(const std::string &problem) const;

private:
    rancog_optimization *self_;
};

/* "function":{..},"budget":{..},"seed":.. of a problem, to which members may be added. */
std::string problem_of(int id, int dimension, int instance, uint64_t budget, uint64_t seed);

/* A number with all its digits. */
std::string digits(double value);

#endif
