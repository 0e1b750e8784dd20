/* Other searches of several objectives. */
#ifndef OPTIMIZATION_FRONT_PEERS_HPP
#define OPTIMIZATION_FRONT_PEERS_HPP

#include "front_problems.hpp"

struct front_peer {
    std::string name;
    /* Gives the objectives of its last points, and those of all points that it evaluated. */
    std::function<std::vector<numbers>(const front_problem &, uint64_t budget, unsigned seed, std::vector<numbers> &all)> search;
};

#ifdef BENCH_PAGMO
std::vector<front_peer> front_peers();
#else
inline std::vector<front_peer> front_peers()
{
    return {};
}
#endif

#endif
