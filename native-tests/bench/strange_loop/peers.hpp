/* Other libraries' searches for a fixed point. */
#ifndef STRANGE_LOOP_PEERS_HPP
#define STRANGE_LOOP_PEERS_HPP

#include <string>

#include "maps.hpp"

struct peer_answer {
    bool converged;
    long steps, evaluations;
    numbers x;
};

/* SUNDIALS' KINSOL: "picard" (its fixed-point iteration), "anderson" (the same, accelerated over 5 steps) or "newton" (differences for slopes). From zeros. */
peer_answer ask_kinsol(const test_map &map, const std::string &method, double tolerance);

#endif
