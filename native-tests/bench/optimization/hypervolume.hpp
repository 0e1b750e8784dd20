/* The volume that points dominate below a corner: exact, two or three objectives to be minimised. */
#ifndef OPTIMIZATION_HYPERVOLUME_HPP
#define OPTIMIZATION_HYPERVOLUME_HPP

#include <vector>

#include "functions.hpp"

/* The corner is (corner, .., corner). */
double hypervolume(std::vector<numbers> points, double corner);

#endif
