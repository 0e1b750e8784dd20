/* DPDK's rte_timer: a skip list of one core's timers, in cycles of the time stamp counter. */
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include <rte_cycles.h>
#include <rte_eal.h>
#include <rte_lcore.h>
#include <rte_timer.h>
#include <unistd.h>

#include "adapters.hpp"
#include "workload.hpp"

namespace {

/* Without huge pages, devices or files; not bound to one core. */
void start_environment()
{
    static bool started = false;
    if (started) {
        return;
    }
    std::string cores = "0@(0-" + std::to_string(sysconf(_SC_NPROCESSORS_ONLN) - 1) + ")";
    std::string words[] = {"bench_scheduler", "--no-huge", "--no-shconf", "--no-pci", "--no-telemetry", "-m", "64", "--log-level=1",
                           "--lcores", cores};
    std::vector<char *> arguments;
    for (std::string &word : words) {
        arguments.push_back(&word[0]);
    }
    if (rte_eal_init(static_cast<int>(arguments.size()), arguments.data()) < 0) {
        std::fprintf(stderr, "bench_scheduler: DPDK does not start here\n");
        std::exit(1);
    }
    started = true;
}

/* As measured: what DPDK tells is rounded to MHz, which would shift long delays against short ones. */
double measure_cycles_per_ns()
{
    const uint64_t start_ns = wall_ns(), start_cycles = rte_get_timer_cycles();
    uint64_t now_ns = start_ns;
    while (now_ns < start_ns + 20000000) {
        now_ns = wall_ns();
    }
    return static_cast<double>(rte_get_timer_cycles() - start_cycles) / static_cast<double>(now_ns - start_ns);
}

class dpdk {
public:
    static constexpr bool virtual_time = false, cancels = true, knows_due = true;

    static uint64_t range_ns(size_t pending)
    {
        return real_range_ns(pending);
    }

    explicit dpdk(size_t pending) : timers_(new rte_timer[pending])
    {
        start_environment();
        rte_timer_subsystem_init();
        core_ = rte_lcore_id();
        cycles_per_ns_ = measure_cycles_per_ns();
        for (size_t i = 0; i < pending; i++) {
            rte_timer_init(&timers_[i]);
        }
    }

    ~dpdk()
    {
        rte_timer_subsystem_finalize(); /* forgets those that are pending */
    }

    dpdk(const dpdk &) = delete;
    dpdk &operator=(const dpdk &) = delete;

    uint64_t now() const
    {
        return 0;
    }

    uint64_t schedule(uint32_t timer, uint64_t delay)
    {
        const auto cycles = static_cast<uint64_t>(static_cast<double>(delay) * cycles_per_ns_);
        rte_timer_reset(&timers_[timer], cycles, SINGLE, core_, run, reinterpret_cast<void *>(static_cast<uintptr_t>(timer)));
        return timer;
    }

    void cancel(uint64_t timer)
    {
        rte_timer_stop(&timers_[timer]);
    }

    void flush()
    {
    }

    void step()
    {
        rte_timer_manage();
    }

private:
    static void run(rte_timer *, void *argument)
    {
        const auto timer = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(argument));
        workload<dpdk>::executed(timer, workload<dpdk>::promised(timer), 0);
    }

    std::unique_ptr<rte_timer[]> timers_;
    unsigned core_;
    double cycles_per_ns_;
};

} // namespace

engine_entry peer_dpdk()
{
    return entry_of<dpdk>("dpdk", "DPDK rte_timer", "1 cycle, delays, real");
}
