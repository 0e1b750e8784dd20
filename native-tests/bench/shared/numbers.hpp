/* Points, rows of matrices, values of users and cells. */
#ifndef BENCH_NUMBERS_HPP
#define BENCH_NUMBERS_HPP

#include <vector>

using numbers = std::vector<double>;

#endif
