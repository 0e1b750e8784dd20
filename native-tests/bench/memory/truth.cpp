#include "truth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace {

/* Rounding of a sum of 64 products, in any order, and of a quotient. */
constexpr double rounding = 1e-13;

double dot(const float *a, const float *b)
{
    double sum = 0;
    for (size_t j = 0; j < dimension; j++) {
        sum += static_cast<double>(a[j]) * b[j];
    }
    return sum;
}

double squared_distance(const float *a, const float *b)
{
    double sum = 0;
    for (size_t j = 0; j < dimension; j++) {
        const double difference = static_cast<double>(a[j]) - b[j];
        sum += difference * difference;
    }
    return sum;
}

double distance(const float *a, const float *b, metric which)
{
    switch (which) {
    case metric::l2: return std::sqrt(squared_distance(a, b));
    case metric::cosine: return 1 - dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
    case metric::inner_product: return -dot(a, b);
    }
    return 0;
}

} // namespace

const char *name_of(metric which)
{
    return which == metric::l2 ? "l2" : which == metric::cosine ? "cosine" : "inner_product";
}

std::vector<double> distances_to(const dataset &data, const float *query, metric which)
{
    std::vector<double> all(data.rows);
    for (size_t i = 0; i < data.rows; i++) {
        all[i] = distance(query, data.row(i), which);
    }
    return all;
}

double kth_distance(const std::vector<double> &distances, const std::function<bool(size_t)> &passes, size_t k)
{
    std::vector<double> passing;
    for (size_t i = 0; i < distances.size(); i++) {
        if (passes(i)) {
            passing.push_back(distances[i]);
        }
    }
    if (passing.size() < k) {
        return std::numeric_limits<double>::infinity();
    }
    std::nth_element(passing.begin(), passing.begin() + static_cast<std::ptrdiff_t>(k - 1), passing.end());
    return passing[k - 1];
}

size_t true_neighbours(const std::vector<size_t> &rows, const std::vector<double> &distances, double kth, const std::function<bool(size_t)> &passes)
{
    const double bound = kth + rounding * std::fmax(1, std::fabs(kth));
    std::set<size_t> found;
    for (size_t row : rows) {
        if (row < distances.size() && passes(row) && distances[row] <= bound) {
            found.insert(row);
        }
    }
    return found.size();
}
