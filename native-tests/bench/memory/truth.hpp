/* The true neighbours, by plain loops in double precision, and how many of them an answer has. */
#ifndef MEMORY_TRUTH_HPP
#define MEMORY_TRUTH_HPP

#include <functional>

#include "dataset.hpp"

enum class metric { l2, cosine, inner_product };

const char *name_of(metric which);

/* Of one query to all rows. */
std::vector<double> distances_to(const dataset &data, const float *query, metric which);

/* The distance of the k-th nearest of the rows that pass; infinite when fewer do. */
double kth_distance(const std::vector<double> &distances, const std::function<bool(size_t)> &passes, size_t k);

/* How many of the rows are among the k nearest, where all at the k-th distance are as good as each other. */
size_t true_neighbours(const std::vector<size_t> &rows, const std::vector<double> &distances, double kth, const std::function<bool(size_t)> &passes);

#endif
