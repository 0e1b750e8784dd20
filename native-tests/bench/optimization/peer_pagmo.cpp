/* pagmo (Debian: libpagmo-dev): CMA-ES and self-adaptive differential evolution, each run with twice the population of the one before. */
#include <cmath>
#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/cmaes.hpp>
#include <pagmo/algorithms/sade.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>

#include "peers.hpp"

namespace {

struct search_is_over {};

/* pagmo copies its problems; what is counted is elsewhere. */
struct counted_problem {
    counted_function *function = nullptr;

    pagmo::vector_double fitness(const pagmo::vector_double &x) const
    {
        const double value = (*function)(x.data());
        if (function->over()) {
            throw search_is_over();
        }
        return {value};
    }

    std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const
    {
        const size_t n = function ? function->dimension() : 1;
        return {pagmo::vector_double(n, -5.0), pagmo::vector_double(n, 5.0)};
    }
};

template <typename algorithm_of> void search(counted_function &function, unsigned seed, size_t population, const algorithm_of &make)
{
    try {
        for (unsigned run = 0;; run++, population *= 2) {
            counted_problem problem;
            problem.function = &function;
            pagmo::population points{pagmo::problem{problem}, population, seed + run};
            pagmo::algorithm algorithm{make(static_cast<unsigned>(function.left() / population + 1), seed + run)};
            algorithm.evolve(points);
        }
    } catch (const search_is_over &) {
    }
}

} // namespace

std::vector<peer> pagmo_peers()
{
    return {{"CMA-ES", [](counted_function &function, unsigned seed) {
                 const size_t population = static_cast<size_t>(4 + 3 * std::log(static_cast<double>(function.dimension())));
                 search(function, seed, population, [](unsigned generations, unsigned s) { return pagmo::cmaes(generations, -1, -1, -1, -1, 0.5, 1e-12, 1e-12, false, false, s); });
             }},
            {"SADE", [](counted_function &function, unsigned seed) {
                 search(function, seed, std::max<size_t>(20, 2 * function.dimension()), [](unsigned generations, unsigned s) { return pagmo::sade(generations, 2, 1, 1e-12, 1e-12, false, s); });
             }}};
}
