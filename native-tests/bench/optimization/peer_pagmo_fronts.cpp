/* pagmo (Debian: libpagmo-dev): NSGA-II with a population of 100 and the settings of its authors (Deb, Pratap, Agarwal, Meyarivan 2002), which are better here than pagmo's. */
#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>

#include "front_peers.hpp"

namespace {

constexpr uint64_t population = 100;

/* pagmo copies its problems; the points are kept elsewhere. */
struct kept_problem {
    const front_problem *problem = nullptr;
    std::vector<numbers> *all = nullptr;

    pagmo::vector_double fitness(const pagmo::vector_double &x) const
    {
        pagmo::vector_double f(problem->objectives);
        problem->evaluate(x.data(), f.data());
        all->push_back(f);
        return f;
    }

    pagmo::vector_double::size_type get_nobj() const { return problem ? problem->objectives : 2; }

    std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const
    {
        return problem ? std::make_pair(problem->lower, problem->upper) : std::make_pair(numbers(1, 0.0), numbers(1, 1.0));
    }
};

} // namespace

std::vector<front_peer> front_peers()
{
    return {{"NSGA-II", [](const front_problem &problem, uint64_t budget, unsigned seed, std::vector<numbers> &all) {
                 kept_problem kept;
                 kept.problem = &problem;
                 kept.all = &all;
                 const pagmo::population start{pagmo::problem{kept}, population, seed};
                 const double mutated = 1 / static_cast<double>(problem.lower.size());
                 const pagmo::algorithm algorithm{pagmo::nsga2(static_cast<unsigned>(budget / population - 1), 0.9, 20, mutated, 20, seed)};
                 return algorithm.evolve(start).get_f();
             }}};
}
