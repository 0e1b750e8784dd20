/* Other optimisers. Each runs, and starts again from elsewhere, until the function says that it is over. */
#ifndef OPTIMIZATION_PEERS_HPP
#define OPTIMIZATION_PEERS_HPP

#include <functional>
#include <string>
#include <vector>

#include "counted.hpp"

struct peer {
    std::string name;
    std::function<void(counted_function &, unsigned seed)> search;
};

#ifdef BENCH_NLOPT
std::vector<peer> nlopt_peers();
#endif
#ifdef BENCH_PAGMO
std::vector<peer> pagmo_peers();
#endif

inline std::vector<peer> all_peers()
{
    std::vector<peer> all;
#ifdef BENCH_NLOPT
    for (const peer &one : nlopt_peers()) {
        all.push_back(one);
    }
#endif
#ifdef BENCH_PAGMO
    for (const peer &one : pagmo_peers()) {
        all.push_back(one);
    }
#endif
    return all;
}

#endif
