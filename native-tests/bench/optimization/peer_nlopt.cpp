/* NLopt (Debian: libnlopt-dev): local searches from uniform points in [-4, 4]^n, again and again; global ones with their own populations. */
#include <nlopt.h>

#include <cmath>
#include <random>

#include "peers.hpp"

namespace {

struct running {
    counted_function *function;
    nlopt_opt algorithm;
};

double evaluate(unsigned n, const double *x, double *gradient, void *data)
{
    running *self = static_cast<running *>(data);
    const double value = (*self->function)(x);
    if (gradient) { /* forward differences, which count */
        numbers beside(x, x + n);
        for (unsigned i = 0; i < n; i++) {
            const double step = (x[i] > 4 ? -1.5e-8 : 1.5e-8) * std::max(1.0, std::fabs(x[i]));
            beside[i] = x[i] + step;
            gradient[i] = ((*self->function)(beside.data()) - value) / (beside[i] - x[i]);
            beside[i] = x[i];
        }
    }
    if (self->function->over()) {
        nlopt_force_stop(self->algorithm);
    }
    return value;
}

void search(nlopt_algorithm which, counted_function &function, unsigned seed)
{
    const unsigned n = static_cast<unsigned>(function.dimension());
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> uniform(-4, 4);
    nlopt_srand(seed);
    while (!function.over()) {
        const uint64_t before = function.evaluations();
        running self = {&function, nlopt_create(which, n)};
        nlopt_set_lower_bounds1(self.algorithm, -5);
        nlopt_set_upper_bounds1(self.algorithm, 5);
        nlopt_set_min_objective(self.algorithm, evaluate, &self);
        nlopt_set_ftol_abs(self.algorithm, 1e-12);
        nlopt_set_xtol_rel(self.algorithm, 1e-12);
        numbers x(n);
        for (double &value : x) {
            value = uniform(random);
        }
        double value = 0;
        nlopt_optimize(self.algorithm, x.data(), &value);
        nlopt_destroy(self.algorithm);
        if (function.evaluations() == before) {
            return; /* it refuses the problem */
        }
    }
}

peer make(const char *name, nlopt_algorithm which)
{
    return {name, [which](counted_function &function, unsigned seed) { search(which, function, seed); }};
}

} // namespace

std::vector<peer> nlopt_peers()
{
    return {make("BOBYQA", NLOPT_LN_BOBYQA), make("COBYLA", NLOPT_LN_COBYLA), make("SBPLX", NLOPT_LN_SBPLX), make("L-BFGS", NLOPT_LD_LBFGS),
            make("CRS2", NLOPT_GN_CRS2_LM), make("ISRES", NLOPT_GN_ISRES)};
}
