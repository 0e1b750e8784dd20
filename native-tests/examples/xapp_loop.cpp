// An xApp in small: KPM-like reports in, decisions out, in a loop of 10 ms that the library's scheduler drives.
//
//     xapp_loop [seconds]        (2)
//
// A thread plays the E2 side: every 10 ms it sends one report a cell, as a line of JSON, and obeys what is decided. Each turn of the
// loop takes the reports that have come, keeps them, looks for anomalies, and forecasts one cell a turn. A cell that will pass the limit
// with a probability of nine in ten is relieved; Ctrl-C ends the loop early.
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "rancognition.hpp"

namespace {

using namespace std::chrono_literals;

constexpr auto period = 10ms;
constexpr std::size_t cell_count = 4;
constexpr std::size_t history_samples = 200;  // 2 s
constexpr std::size_t horizon_steps = 100;    // 1 s
constexpr std::size_t history_least = 30;     // no forecast from less
constexpr double limit_percent = 80, full_percent = 100;
constexpr double offload_from = 0.9, normal_below = 0.5; // probability of passing the limit
constexpr double coverage = 0.8, coverage_in_deviations = 1.2815515655446004; // of a normal distribution: ends of the middle 80 %

rancog::stop_flag stop;

// A line of text from one thread to another.
class inbox {
public:
    void put(std::string line)
    {
        const std::lock_guard<std::mutex> hold(lock_);
        lines_.push_back(std::move(line));
    }
    std::deque<std::string> take_all()
    {
        const std::lock_guard<std::mutex> hold(lock_);
        return std::exchange(lines_, {});
    }

private:
    std::mutex lock_;
    std::deque<std::string> lines_;
};

// The E2 side: the PRB use of each cell swings around its level; that of cell 3 climbs until it is relieved.
class radio {
public:
    explicit radio(inbox &to) : to_(to), thread_([this] { send(); }) {}
    radio(const radio &) = delete;
    radio &operator=(const radio &) = delete;
    ~radio()
    {
        over_ = true;
        thread_.join();
    }

    void relieve(std::size_t cell) { relieved_[cell] = true; }

private:
    void send()
    {
        std::mt19937 random(7);
        std::normal_distribution<double> noise(0, 0.8);
        std::array<double, cell_count> level{35, 48, 55, 50};
        auto due = std::chrono::steady_clock::now();
        std::uint64_t time = rancog::nanotime();
        for (; !over_; std::this_thread::sleep_until(due += period), time += rancog::duration(period).count()) {
            level[3] += relieved_[3] ? (45 - level[3]) * 0.1 : 0.2;
            for (std::size_t cell = 0; cell < cell_count; cell++) {
                char line[160];
                std::snprintf(line, sizeof line, "{\"cell\":%zu,\"time_ns\":%llu,\"RRU.PrbTotDl\":%.2f}", cell, static_cast<unsigned long long>(time),
                              std::min(level[cell] + noise(random), full_percent));
                to_.put(line);
            }
        }
    }

    inbox &to_;
    std::atomic<bool> over_{false};
    std::array<std::atomic<bool>, cell_count> relieved_{};
    std::thread thread_; // the last: it uses the others
};

// The number after "name": of a report or of a status; these are flat enough for that.
double number(std::string_view json, std::string_view name)
{
    const std::size_t at = json.find("\"" + std::string(name) + "\":");
    if (at == std::string_view::npos) {
        throw std::runtime_error("no " + std::string(name) + " in: " + std::string(json));
    }
    return std::strtod(std::string(json.substr(at + name.size() + 3, 40)).c_str(), nullptr);
}

class xapp {
public:
    xapp(inbox &reports, radio &e2) : reports_(reports), e2_(e2) {}

    void turn()
    {
        const auto begun = std::chrono::steady_clock::now();
        for (const std::string &line : reports_.take_all()) {
            report(line);
        }
        const std::size_t cell = turns_++ % cell_count;
        if (cells_[cell].values.size() >= history_least) {
            decide(cell);
        }
        longest_ = std::max(longest_, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count());
    }

    std::size_t turns() const { return turns_; }
    std::size_t reports() const { return taken_; }
    std::size_t alarms() const { return alarms_; }
    double longest_turn_ms() const { return longest_; }

private:
    struct cell_state {
        std::vector<double> values; // PRB use, %, one every period
        bool offloading = false;
    };

    void report(const std::string &line)
    {
        const auto cell = static_cast<std::size_t>(number(line, "cell"));
        cell_state &state = cells_.at(cell);
        const double prb = number(line, "RRU.PrbTotDl");
        core_.observe("cell-" + std::to_string(cell), "RRU.PrbTotDl", std::strtoull(line.c_str() + line.find("time_ns") + 9, nullptr, 10), prb);
        if (state.values.size() == history_samples) {
            state.values.erase(state.values.begin());
        }
        state.values.push_back(prb);
        taken_++;
    }

    void decide(std::size_t cell)
    {
        cell_state &state = cells_[cell];
        std::array<double, horizon_steps> mean, lower, upper;
        core_.forecast(state.values, period, coverage, mean, lower, upper);
        const std::vector<std::uint8_t> flags = core_.detect_anomalies(state.values, period);
        alarms_ += flags.back();

        // The share of outcomes above the limit, of the normal distribution whose middle 80 % are the interval.
        const double deviation = (upper.back() - lower.back()) / (2 * coverage_in_deviations);
        const double above = 0.5 * std::erfc((limit_percent - mean.back()) / (std::max(deviation, 1e-9) * std::sqrt(2.0)));
        if (above >= offload_from && !state.offloading) {
            e2_.relieve(cell);
        }
        if (state.offloading ? above < normal_below : above >= offload_from) {
            state.offloading = !state.offloading;
            std::printf("cell %zu: PRB %.0f %% expected in 1 s, above %.0f %% with probability %.2f: %s\n", cell, std::min(mean.back(), full_percent), limit_percent, above,
                        state.offloading ? "offload" : "normal");
        }
    }

    inbox &reports_;
    radio &e2_;
    rancog::temporal core_;
    std::array<cell_state, cell_count> cells_;
    std::size_t turns_ = 0, taken_ = 0, alarms_ = 0;
    double longest_ = 0;
};

void run(double seconds)
{
    inbox reports;
    radio e2(reports);
    xapp app(reports, e2);
    rancog::scheduler loop;
    loop.register_handler("turn", [&](const rancog::task &) { app.turn(); }); // what it throws comes out of run
    loop.schedule_recurring_task(period, 0, R"({"Custom":"turn"})");
    loop.run(rancog::nanotime() + rancog::duration(std::chrono::duration<double>(seconds)).count(), stop);

    const std::string status = loop.get_queue_status();
    const std::string_view lateness = std::string_view(status).substr(status.find("\"lateness\""));
    std::printf("%zu turns of %d ms, %zu reports, %zu alarms; longest turn %.2f ms\n", app.turns(), static_cast<int>(period.count()), app.reports(),
                app.alarms(), app.longest_turn_ms());
    std::printf("turns began late by: p50 %.3f ms, p99 %.3f ms, max %.3f ms\n", number(lateness, "p50") / 1e6, number(lateness, "p99") / 1e6,
                number(lateness, "max") / 1e6);
}

} // namespace

int main(int count, char **arguments)
{
    const double seconds = count > 1 ? std::atof(arguments[1]) : 2;
    if (!(seconds > 0 && seconds <= 3600)) {
        std::fprintf(stderr, "usage: xapp_loop [seconds]\n");
        return 2;
    }
    std::signal(SIGINT, [](int) { stop.request_stop(); });
    try {
        run(seconds);
    } catch (const rancog::error &error) {
        std::fprintf(stderr, "xapp_loop: %s: %s\n", error.name(), error.what());
        return 1;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "xapp_loop: %s\n", error.what());
        return 1;
    }
    return 0;
}
