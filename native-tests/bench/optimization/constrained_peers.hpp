/* Other searches under constraints. Each starts where ours does, and again from elsewhere until the problem says that it is over. */
#ifndef OPTIMIZATION_CONSTRAINED_PEERS_HPP
#define OPTIMIZATION_CONSTRAINED_PEERS_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

#include "constrained_problems.hpp"

/* Counts points until a feasible one reaches the target or the budget is used. */
class counted_problem {
public:
    counted_problem(const constrained_problem &problem, uint64_t budget) : problem(problem), target(reached(problem)), budget_(budget) {}

    /* The optimum to 1e-6 of its size. */
    static double reached(const constrained_problem &problem) { return problem.optimum + 1e-6 * std::max(1.0, std::fabs(problem.optimum)); }

    /* What is asked after the end is not counted. */
    double operator()(const double *x, double *g)
    {
        const double value = problem.evaluate(x, g);
        if (!over()) {
            evaluations_++;
            solved_ = value <= target && std::all_of(g, g + problem.constraints, [](double constraint) { return constraint <= 0; });
        }
        return value;
    }

    bool over() const { return solved_ || evaluations_ >= budget_; }
    bool solved() const { return solved_; }
    uint64_t evaluations() const { return evaluations_; }

    const constrained_problem &problem;
    const double target;

private:
    uint64_t budget_, evaluations_ = 0;
    bool solved_ = false;
};

/* Where a search begins: uniform within the bounds. The first one of a seed is also where ours begins. */
inline numbers begin_of(const constrained_problem &problem, std::mt19937_64 &random)
{
    numbers x;
    for (size_t i = 0; i < problem.lower.size(); i++) {
        x.push_back(std::uniform_real_distribution<double>(problem.lower[i], problem.upper[i])(random));
    }
    return x;
}

struct constrained_peer {
    std::string name;
    std::function<void(counted_problem &, unsigned seed)> search;
};

#ifdef BENCH_NLOPT
std::vector<constrained_peer> constrained_peers();
#else
inline std::vector<constrained_peer> constrained_peers()
{
    return {};
}
#endif

#endif
