/* One function an adapter file; those of the peers that were not found are not compiled. */
#ifndef SCHEDULER_ADAPTERS_HPP
#define SCHEDULER_ADAPTERS_HPP

#include "engine.hpp"

engine_entry ours_calls();
engine_entry ours_calls_with_data();
engine_entry ours_batches();
engine_entry peer_std_queue();
engine_entry peer_heap4();
engine_entry peer_dpdk();
engine_entry peer_uv();
engine_entry peer_event();
engine_entry peer_asio();

#endif
