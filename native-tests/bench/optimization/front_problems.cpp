#include "front_problems.hpp"

#include <cmath>

namespace {

const double pi = std::acos(-1.0);

double mean_of_rest(const double *x, size_t n)
{
    double sum = 0;
    for (size_t i = 1; i < n; i++) {
        sum += x[i];
    }
    return sum / static_cast<double>(n - 1);
}

front_problem zdt(const char *name, size_t n, std::function<void(const double *x, double *f)> evaluate)
{
    return {name, numbers(n, 0), numbers(n, 1), 2, std::move(evaluate)};
}

front_problem zdt4()
{
    front_problem problem = zdt("ZDT4", 10, [](const double *x, double *f) {
        double g = 91;
        for (size_t i = 1; i < 10; i++) {
            g += x[i] * x[i] - 10 * std::cos(4 * pi * x[i]);
        }
        f[0] = x[0];
        f[1] = g * (1 - std::sqrt(x[0] / g));
    });
    for (size_t i = 1; i < 10; i++) {
        problem.lower[i] = -5;
        problem.upper[i] = 5;
    }
    return problem;
}

void dtlz2(const double *x, double *f)
{
    double g = 0;
    for (size_t i = 2; i < 12; i++) {
        g += (x[i] - 0.5) * (x[i] - 0.5);
    }
    const double first = pi / 2 * x[0], second = pi / 2 * x[1];
    f[0] = (1 + g) * std::cos(first) * std::cos(second);
    f[1] = (1 + g) * std::cos(first) * std::sin(second);
    f[2] = (1 + g) * std::sin(first);
}

} // namespace

std::vector<front_problem> front_problems()
{
    return {zdt("ZDT1", 30,
                [](const double *x, double *f) {
                    const double g = 1 + 9 * mean_of_rest(x, 30);
                    f[0] = x[0];
                    f[1] = g * (1 - std::sqrt(x[0] / g));
                }),
            zdt("ZDT2", 30,
                [](const double *x, double *f) {
                    const double g = 1 + 9 * mean_of_rest(x, 30);
                    f[0] = x[0];
                    f[1] = g * (1 - x[0] / g * (x[0] / g));
                }),
            zdt("ZDT3", 30,
                [](const double *x, double *f) {
                    const double g = 1 + 9 * mean_of_rest(x, 30);
                    f[0] = x[0];
                    f[1] = g * (1 - std::sqrt(x[0] / g) - x[0] / g * std::sin(10 * pi * x[0]));
                }),
            zdt4(),
            zdt("ZDT6", 10,
                [](const double *x, double *f) {
                    const double g = 1 + 9 * std::pow(mean_of_rest(x, 10), 0.25);
                    f[0] = 1 - std::exp(-4 * x[0]) * std::pow(std::sin(6 * pi * x[0]), 6);
                    f[1] = g * (1 - f[0] / g * (f[0] / g));
                }),
            {"DTLZ2", numbers(12, 0), numbers(12, 1), 3, dtlz2}};
}
