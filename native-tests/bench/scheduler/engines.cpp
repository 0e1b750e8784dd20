#include "engine.hpp"

#include "adapters.hpp"

const std::vector<engine_entry> &engines()
{
    static const std::vector<engine_entry> all = {
        ours_calls(), ours_calls_with_data(), ours_batches(), peer_std_queue(), peer_heap4(),
#ifdef BENCH_DPDK
        peer_dpdk(),
#endif
#ifdef BENCH_UV
        peer_uv(),
#endif
#ifdef BENCH_EVENT
        peer_event(),
#endif
#ifdef BENCH_ASIO
        peer_asio(),
#endif
    };
    return all;
}

const std::vector<std::string> &missing_peers()
{
    static const std::vector<std::string> all = {
#ifndef BENCH_DPDK
        "DPDK rte_timer (libdpdk-dev)",
#endif
#ifndef BENCH_UV
        "libuv (libuv1-dev)",
#endif
#ifndef BENCH_EVENT
        "libevent (libevent-dev)",
#endif
#ifndef BENCH_ASIO
        "Boost.Asio (libboost-dev)",
#endif
    };
    return all;
}

const engine_entry *find_engine(const std::string &key)
{
    for (const engine_entry &entry : engines()) {
        if (key == entry.key) {
            return &entry;
        }
    }
    return nullptr;
}
