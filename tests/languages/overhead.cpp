// What calls cost in C++: lines "name, tab, nanoseconds a call" (median of rounds).
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

#include <rancognition.hpp>

namespace {

template <class Call>
void row(const char *name, int calls, int units, Call call)
{
    std::vector<double> times;
    for (int round = 0; round < 51; round++) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < calls; i++) {
            call();
        }
        times.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() / (static_cast<double>(calls) * units));
    }
    std::sort(times.begin(), times.end());
    std::printf("%s\t%.1f\n", name, times[times.size() / 2]);
}

} // namespace

int main()
{
    using namespace std::chrono_literals;
    constexpr const char *problem =
        "{\"id\":\"p\",\"network_id\":\"unknown\",\"problem_type\":\"t\",\"current_state\":{\"RRU.PrbTotDl\":61.5},\"objectives\":[],\"constraints\":[\"RRU.PrbTotDl <= 80\"]}";
    rancog::temporal core(200, 24);
    rancog::scheduler queue("{\"mode\":\"virtual\"}");
    const std::uint32_t handler = queue.register_handler("nothing", [](const rancog::task &) {});
    const std::vector<rancog_task> batch(1000, rancog::batch_task(handler, 0));
    std::vector<rancog_task_outcome> outcomes(batch.size());
    std::vector<double> values(1008);
    for (std::size_t i = 0; i < values.size(); i++) {
        values[i] = 50 + 20 * std::sin(static_cast<double>(i) * 2 * 3.141592653589793 / 24) + static_cast<double>(i % 7);
    }
    std::uint64_t moment = 1700000000000000000u;
    row("the clock", 10000, 1, [] { rancog::nanotime(); });
    row("a checked handle, no result", 10000, 1, [&] { core.set_consciousness_level(1.0); });
    row("a JSON result, as text", 2000, 1, [&] { core.get_performance_metrics(); });
    row("one sample observed", 2000, 1, [&] { core.observe("n", "RRU.PrbTotDl", moment += 1000000000u, 50); });
    row("a task: scheduled, run, handler called", 10, 1000, [&] {
        queue.schedule_batch(batch);
        queue.execute_ready_batch(outcomes);
    });
    row("a small problem analysed, as text", 100, 1, [&] { core.expand_subjective_time(problem); });
    row("a forecast, 1008 samples, 48 ahead", 5, 1, [&] { core.forecast(values, 1h, 48); });
}
