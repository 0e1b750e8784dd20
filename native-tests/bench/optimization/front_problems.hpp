/* Problems of two or three objectives to be minimised, with known fronts.
 * Sources: Zitzler, Deb, Thiele 2000 (ZDT); Deb, Thiele, Laumanns, Zitzler 2005 (DTLZ). */
#ifndef OPTIMIZATION_FRONT_PROBLEMS_HPP
#define OPTIMIZATION_FRONT_PROBLEMS_HPP

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "functions.hpp"

struct front_problem {
    std::string name;
    numbers lower, upper;
    size_t objectives;
    std::function<void(const double *x, double *f)> evaluate;
};

std::vector<front_problem> front_problems();

#endif
