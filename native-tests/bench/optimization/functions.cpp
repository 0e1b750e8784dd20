#include "functions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace {

constexpr double pi = 3.14159265358979323846;

/* The definitions' generator: 16807 modulo 2^31 - 1, shuffled through 32 places. */
class old_random {
public:
    explicit old_random(int64_t seed) : state_(seed)
    {
        for (int i = 39; i >= 0; i--) {
            step();
            if (i < 32) {
                table_[i] = state_;
            }
        }
        current_ = table_[0];
    }

    double uniform()
    {
        step();
        int64_t &place = table_[current_ / 67108865];
        current_ = place;
        place = state_;
        return current_ ? static_cast<double>(current_) / 2147483647.0 : 1e-99;
    }

private:
    void step()
    {
        state_ = state_ * 16807 % 2147483647;
    }

    int64_t state_, current_, table_[32];
};

numbers uniform(size_t count, int64_t seed)
{
    old_random random(seed);
    numbers values(count);
    for (double &value : values) {
        value = random.uniform();
    }
    return values;
}

numbers normal(size_t count, int64_t seed)
{
    const numbers u = uniform(2 * count, seed);
    numbers values(count);
    for (size_t i = 0; i < count; i++) {
        values[i] = std::sqrt(-2 * std::log(u[i])) * std::cos(2 * pi * u[count + i]);
    }
    return values;
}

int64_t seed_of(int id, int instance)
{
    return 10000LL * instance + (id == 4 ? 3 : id == 18 ? 17 : id);
}

/* Row by row; its columns are orthogonal. */
numbers rotation(size_t n, int64_t seed)
{
    numbers columns = normal(n * n, seed), rows(n * n);
    for (size_t j = 0; j < n; j++) {
        double *column = &columns[j * n];
        for (size_t before = 0; before < j; before++) {
            const double *other = &columns[before * n];
            const double product = std::inner_product(column, column + n, other, 0.0);
            for (size_t i = 0; i < n; i++) {
                column[i] -= product * other[i];
            }
        }
        const double length = std::sqrt(std::inner_product(column, column + n, column, 0.0));
        for (size_t i = 0; i < n; i++) {
            column[i] /= length;
            rows[i * n + j] = column[i];
        }
    }
    return rows;
}

std::vector<size_t> order(const numbers &values)
{
    std::vector<size_t> places(values.size());
    std::iota(places.begin(), places.end(), 0u);
    std::sort(places.begin(), places.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
    return places;
}

/* The transformations T_osz and T_asy. */
double rippled(double value)
{
    if (value == 0) {
        return 0;
    }
    const double a = 10 * std::log(std::fabs(value)), slow = value > 0 ? 1 : 0.55, fast = value > 0 ? 0.79 : 0.31;
    return std::copysign(std::exp(0.1 * (a + 0.49 * (std::sin(slow * a) + std::sin(fast * a)))), value);
}

double skewed(double value, double strength)
{
    return value > 0 ? std::pow(value, 1 + strength * std::sqrt(value)) : value;
}

} // namespace

double least_value(int id, int instance)
{
    const int64_t seed = seed_of(id, instance);
    const double ratio = 100 * 100 * normal(1, seed)[0] / normal(1, seed + 1)[0];
    return std::min(1000.0, std::max(-1000.0, std::floor(ratio + 0.5) / 100));
}

bool test_function::has(int id)
{
    const int known[] = {1, 8, 10, 13, 15, 17, 20, 21};
    return std::find(std::begin(known), std::end(known), id) != std::end(known);
}

const char *test_function::name_of(int id)
{
    static const char *const names[] = {"sphere", "ellipsoid, separable", "Rastrigin, separable", "Bueche-Rastrigin", "linear slope", "attractive sector", "step ellipsoid",
        "Rosenbrock", "Rosenbrock, rotated", "ellipsoid", "discus", "bent cigar", "sharp ridge", "different powers", "Rastrigin", "Weierstrass", "Schaffer",
        "Schaffer, condition 1000", "Griewank-Rosenbrock", "Schwefel", "Gallagher, 101 peaks", "Gallagher, 21 peaks", "Katsuura", "Lunacek"};
    return names[id - 1];
}

test_function::test_function(int id_, int dimension_, int instance)
    : id(id_), dimension(static_cast<size_t>(dimension_)), f_opt(least_value(id_, instance)), moved_(dimension), z_(dimension)
{
    const size_t n = dimension;
    const int64_t seed = seed_of(id, instance);
    place_ = uniform(n, seed);
    if (id == 20) { /* only the signs are drawn */
        for (double &value : place_) {
            value = value < 0.5 ? -1 : 1;
        }
    } else {
        for (double &value : place_) {
            value = 8 * std::floor(1e4 * value) / 1e4 - 4;
            value = (id == 8 ? 0.75 : 1) * (value == 0 ? -1e-5 : value);
        }
    }
    const double condition = id == 10 ? 1e12 : 10; /* its root is taken */
    for (size_t i = 0; i < n; i++) {
        weights_.push_back(std::pow(std::sqrt(condition), share(i)));
    }
    if (id == 10 || id == 13 || id == 15 || id == 17) {
        first_ = rotation(n, seed + 1000000);
    }
    if (id == 13 || id == 15 || id == 17 || id == 21) {
        second_ = rotation(n, seed);
    }
    if (id == 13 || id == 15) {
        const numbers inner = second_;
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j < n; j++) {
                double sum = 0;
                for (size_t k = 0; k < n; k++) {
                    sum += first_[i * n + k] * weights_[k] * inner[k * n + j];
                }
                second_[i * n + j] = sum;
            }
        }
    } else if (id == 17) {
        for (size_t at = 0; at < n * n; at++) {
            second_[at] *= weights_[at / n];
        }
    } else if (id == 21) {
        constexpr size_t peaks = 101;
        const std::vector<size_t> steepness = order(uniform(peaks - 1, seed));
        const numbers places = uniform(n * peaks, seed);
        for (size_t peak = 0; peak < peaks; peak++) {
            const double condition_here = peak ? std::pow(1000, static_cast<double>(steepness[peak - 1]) / (peaks - 2)) : std::sqrt(1000);
            const std::vector<size_t> axes = order(uniform(n, seed + 1000 * static_cast<int64_t>(peak)));
            hill h = {peak ? 1.1 + 8 * static_cast<double>(peak - 1) / (peaks - 2) : 10, numbers(n), numbers(n)};
            for (size_t i = 0; i < n; i++) {
                h.weights[i] = std::pow(condition_here, share(axes[i]) - 0.5);
                for (size_t k = 0; k < n; k++) {
                    h.place[i] += second_[i * n + k] * (10 * places[peak * n + k] - 5);
                }
                h.place[i] *= peak ? 1 : 0.8;
            }
            hills_.push_back(h);
        }
        place_.assign(n, 0);
    }
}

double test_function::operator()(const double *x)
{
    double value = 0;
    switch (id) {
    case 1: value = sphere(x); break;
    case 8: value = rosenbrock(x); break;
    case 10: value = ellipsoid(x); break;
    case 13: value = sharp_ridge(x); break;
    case 15: value = rastrigin(x); break;
    case 17: value = schaffer(x); break;
    case 20: value = schwefel(x); break;
    default: value = gallagher(x); break;
    }
    return value + f_opt;
}

double test_function::sphere(const double *x) const
{
    double sum = 0;
    for (size_t i = 0; i < dimension; i++) {
        sum += (x[i] - place_[i]) * (x[i] - place_[i]);
    }
    return sum;
}

double test_function::rosenbrock(const double *x)
{
    const double scale = std::max(1.0, std::sqrt(static_cast<double>(dimension)) / 8);
    for (size_t i = 0; i < dimension; i++) {
        z_[i] = scale * (x[i] - place_[i]) + 1;
    }
    double sum = 0;
    for (size_t i = 0; i + 1 < dimension; i++) {
        const double across = z_[i] * z_[i] - z_[i + 1], rest = z_[i] - 1;
        sum += 100 * across * across + rest * rest;
    }
    return sum;
}

double test_function::ellipsoid(const double *x)
{
    move_and_turn(x, first_);
    double sum = 0;
    for (size_t i = 0; i < dimension; i++) {
        const double value = rippled(z_[i]);
        sum += weights_[i] * value * value;
    }
    return sum;
}

double test_function::sharp_ridge(const double *x)
{
    move_and_turn(x, second_);
    double sum = 0;
    for (size_t i = 1; i < dimension; i++) {
        sum += z_[i] * z_[i];
    }
    return z_[0] * z_[0] + 100 * std::sqrt(sum);
}

double test_function::rastrigin(const double *x)
{
    move_and_turn(x, first_);
    for (size_t i = 0; i < dimension; i++) {
        z_[i] = skewed(rippled(z_[i]), 0.2 * share(i));
    }
    double sum = 0;
    for (size_t i = 0; i < dimension; i++) {
        const double value = std::inner_product(z_.begin(), z_.end(), &second_[i * dimension], 0.0);
        sum += 10 * (1 - std::cos(2 * pi * value)) + value * value;
    }
    return sum;
}

double test_function::schaffer(const double *x)
{
    move_and_turn(x, first_);
    for (size_t i = 0; i < dimension; i++) {
        z_[i] = skewed(z_[i], 0.5 * share(i));
    }
    double sum = 0, before = 0;
    for (size_t i = 0; i < dimension; i++) {
        const double value = std::inner_product(z_.begin(), z_.end(), &second_[i * dimension], 0.0);
        if (i > 0) {
            const double square = before * before + value * value, wave = std::sin(50 * std::pow(square, 0.1));
            sum += std::pow(square, 0.25) * (1 + wave * wave);
        }
        before = value;
    }
    const double mean = sum / static_cast<double>(dimension - 1);
    return mean * mean + 10 * outside(x);
}

double test_function::schwefel(const double *x) const
{
    constexpr double best = 4.2096874637;
    double sum = 0, penalty = 0, before = best;
    for (size_t i = 0; i < dimension; i++) {
        const double turned = 2 * place_[i] * x[i];
        const double value = 100 * (weights_[i] * (turned + 0.25 * (before - best) - best) + best);
        const double far = std::max(0.0, std::fabs(value) - 500);
        penalty += far * far;
        sum += value * std::sin(std::sqrt(std::fabs(value)));
        before = turned;
    }
    return 0.01 * (penalty + 418.9828872724339 - sum / static_cast<double>(dimension));
}

double test_function::gallagher(const double *x)
{
    move_and_turn(x, second_);
    double highest = 0;
    for (const hill &h : hills_) {
        double sum = 0;
        for (size_t i = 0; i < dimension; i++) {
            const double far = z_[i] - h.place[i];
            sum += h.weights[i] * far * far;
        }
        highest = std::max(highest, h.height * std::exp(-0.5 / static_cast<double>(dimension) * sum));
    }
    const double depth = rippled(10 - highest);
    return depth * depth + outside(x);
}

/* z = matrix (x - place). */
void test_function::move_and_turn(const double *x, const numbers &matrix)
{
    for (size_t i = 0; i < dimension; i++) {
        moved_[i] = x[i] - place_[i];
    }
    for (size_t i = 0; i < dimension; i++) {
        z_[i] = std::inner_product(moved_.begin(), moved_.end(), &matrix[i * dimension], 0.0);
    }
}

double test_function::outside(const double *x) const
{
    double sum = 0;
    for (size_t i = 0; i < dimension; i++) {
        const double far = std::max(0.0, std::fabs(x[i]) - 5);
        sum += far * far;
    }
    return sum;
}
