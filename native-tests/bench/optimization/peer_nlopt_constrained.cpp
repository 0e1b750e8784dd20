/* NLopt (Debian: libnlopt-dev): COBYLA, SLSQP with forward differences, which count, and ISRES, from uniform points within the bounds, again and again. */
#include <nlopt.h>

#include "constrained_peers.hpp"

namespace {

/* NLopt asks for the objective, the constraints and their slopes one after another: each point is counted once. */
struct asked_point {
    counted_problem &counted;
    nlopt_opt algorithm;
    numbers x = {}, g = {}, slopes = {}; /* slopes: the objective's, then each constraint's */
    double f = 0;

    void move_to(const double *point, bool with_slopes)
    {
        const size_t n = counted.problem.lower.size(), m = counted.problem.constraints;
        if (x.empty() || !std::equal(x.begin(), x.end(), point)) {
            x.assign(point, point + n);
            g.resize(m);
            slopes.clear();
            f = counted(point, g.data());
        }
        if (with_slopes && slopes.empty()) {
            slopes.resize((m + 1) * n);
            numbers beside = x, beside_g(m);
            for (size_t i = 0; i < n; i++) {
                const double size = 1.5e-8 * std::max(1.0, std::fabs(x[i]));
                beside[i] = x[i] + (x[i] + size > counted.problem.upper[i] ? -size : size);
                const double step = beside[i] - x[i];
                slopes[i] = (counted(beside.data(), beside_g.data()) - f) / step;
                for (size_t j = 0; j < m; j++) {
                    slopes[(j + 1) * n + i] = (beside_g[j] - g[j]) / step;
                }
                beside[i] = x[i];
            }
        }
        if (counted.over()) {
            nlopt_force_stop(algorithm);
        }
    }
};

double objective(unsigned n, const double *x, double *gradient, void *data)
{
    asked_point *point = static_cast<asked_point *>(data);
    point->move_to(x, gradient);
    if (gradient) {
        std::copy_n(point->slopes.begin(), n, gradient);
    }
    return point->f;
}

void constraints(unsigned m, double *result, unsigned n, const double *x, double *gradient, void *data)
{
    asked_point *point = static_cast<asked_point *>(data);
    point->move_to(x, gradient);
    std::copy_n(point->g.begin(), m, result);
    if (gradient) {
        std::copy_n(point->slopes.begin() + n, static_cast<size_t>(m) * n, gradient);
    }
}

void search(nlopt_algorithm which, counted_problem &counted, unsigned seed)
{
    const constrained_problem &problem = counted.problem;
    const unsigned n = static_cast<unsigned>(problem.lower.size());
    std::mt19937_64 random(seed);
    nlopt_srand(seed);
    while (!counted.over()) {
        const uint64_t before = counted.evaluations();
        asked_point point = {counted, nlopt_create(which, n)};
        nlopt_set_lower_bounds(point.algorithm, problem.lower.data());
        nlopt_set_upper_bounds(point.algorithm, problem.upper.data());
        nlopt_set_min_objective(point.algorithm, objective, &point);
        nlopt_add_inequality_mconstraint(point.algorithm, static_cast<unsigned>(problem.constraints), constraints, &point, nullptr);
        nlopt_set_ftol_rel(point.algorithm, 1e-12);
        nlopt_set_xtol_rel(point.algorithm, 1e-12);
        numbers x = begin_of(problem, random);
        double value = 0;
        nlopt_optimize(point.algorithm, x.data(), &value);
        nlopt_destroy(point.algorithm);
        if (counted.evaluations() == before) {
            return; /* it refuses the problem */
        }
    }
}

constrained_peer make(const char *name, nlopt_algorithm which)
{
    return {name, [which](counted_problem &counted, unsigned seed) { search(which, counted, seed); }};
}

} // namespace

std::vector<constrained_peer> constrained_peers()
{
    return {make("COBYLA", NLOPT_LN_COBYLA), make("SLSQP", NLOPT_LD_SLSQP), make("ISRES", NLOPT_GN_ISRES)};
}
