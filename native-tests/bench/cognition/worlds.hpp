/* Simulated networks that answer: each asks for a decision, and says what came of it. */
#ifndef COGNITION_WORLDS_HPP
#define COGNITION_WORLDS_HPP

#include <string>
#include <vector>

#include "ours.hpp"
#include "plain_guards.hpp"
#include "random.hpp"

/* One decision of a world, to be made and then answered. */
struct asked {
    guarded_scene scene;
    std::string problem, metric; /* of the target, and of the outcome */
    bool at_most = true;
    double limit = 0;
    bool with_model = false; /* the host's own, which may be wrong */
    double model_value = 0, model_slope = 0;
    double level = 0, slope = 0, noise = 0; /* the truth, for what is not a relation */
    double share = 0, attempts = 0, factor_a_db = 0; /* and for a relation */

    bool holds(double observed) const { return at_most ? observed <= limit : observed >= limit; }
};

struct world {
    const char *name;
    asked (*ask)(size_t index, size_t count, random_numbers &random);
};

extern const std::vector<world> worlds;

/* What is observed of the target's metric after the decision was executed. */
double observed_after(const asked &one, const std::string &decision, random_numbers &random);

/* What the host's model tells: its own slope, for every metric of a question. */
host_model model_of(const asked &one);

#endif
