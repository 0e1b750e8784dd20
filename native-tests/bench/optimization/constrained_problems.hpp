/* Constrained problems with published optima. A constraint holds when it is at most 0; an equation h = 0 is the pair h - 1e-4, -h - 1e-4, as the published optima assume.
 * Sources: Liang and others 2006, the CEC 2006 special session (G01 ..); Coello 2000 (welded beam); Belegundu 1982 (spring); Golinski 1970 (speed reducer); Kannan and Kramer 1994 (pressure vessel). */
#ifndef OPTIMIZATION_CONSTRAINED_PROBLEMS_HPP
#define OPTIMIZATION_CONSTRAINED_PROBLEMS_HPP

#include <functional>
#include <string>
#include <vector>

#include "functions.hpp"

struct constrained_problem {
    std::string name;
    numbers lower, upper;
    size_t constraints;
    double optimum;
    std::function<double(const double *x, double *g)> evaluate;
};

std::vector<constrained_problem> constrained_problems();

#endif
