/* The library's functions give what functions.cpp gives: else the peers would not solve the same problems. */
#include <cmath>
#include <cstdio>

#include "functions.hpp"
#include "ours.hpp"
#include "sections.hpp"

namespace {

/* Our value at a point: a search that may evaluate only its initial values. */
our_answer our_value(const ours &library, int id, int instance, const numbers &x)
{
    std::string variables;
    for (size_t i = 0; i < x.size(); i++) {
        variables += std::string(i ? "," : "") + "{\"name\":\"x" + std::to_string(i + 1) + "\",\"type\":\"real\",\"lower\":-5,\"upper\":5,\"initial\":" + digits(x[i]) + "}";
    }
    return library.optimize("{" + problem_of(id, static_cast<int>(x.size()), instance, 1, 1) + ",\"variables\":[" + variables + "]}");
}

} // namespace

bool check_functions(const bench_plan &plan)
{
    const ours library;
    double worst = 0;
    size_t points = 0;
    for (int id : plan.functions) {
        for (int dimension : plan.dimensions) {
            for (int instance : plan.instances) {
                if (!test_function::has(id)) {
                    continue;
                }
                test_function function(id, dimension, instance);
                for (int kind = 0; kind < 3; kind++, points++) {
                    numbers x(function.dimension);
                    for (size_t i = 0; i < x.size(); i++) {
                        x[i] = kind == 0 ? 0 : kind == 1 ? 0.1 * static_cast<double>(7 * i % 11) - 0.5 : std::fmod(1.7 * static_cast<double>(i * i + 1) + instance, 10) - 5;
                    }
                    const our_answer answer = our_value(library, id, instance, x);
                    const double value = function(answer.x.data()); /* the point may have moved by a rounding */
                    for (size_t i = 0; i < x.size(); i++) {
                        worst = std::max(worst, std::fabs(answer.x[i] - x[i]) > 1e-12 || answer.evaluations != 1 ? 1.0 : 0.0);
                    }
                    worst = std::max(worst, std::fabs(answer.value - value) / std::fabs(value));
                    worst = std::max(worst, std::fabs(answer.bound - function.f_opt));
                }
            }
        }
    }
    const bool good = worst <= 1e-12;
    std::printf("Functions: the library's and the peers' at %zu points: largest relative difference %.2g%s\n", points, worst, good ? "" : ": NOT THE SAME FUNCTIONS");
    return good;
}
