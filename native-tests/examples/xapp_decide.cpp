// A control loop that keeps handovers robust (MRO): each hour it asks the cognitive core what to do about each relation between two cells,
// says why, does it, tells what came of it, and undoes what made things worse.
//
// The relations are simulated, and answer to their cellIndividualOffset. From 1 to 2 handovers come too late, from 1 to 3 too early, from 2 to 1
// all is well. From 3 to 1 they look too late as well, but there a street corner is the reason: whoever hands over earlier fails more often. The
// core cannot know that; it sees that the change did harm. What was undone once is protected from then on, until an engineer has been there.
//
//     xapp_decide [HOURS]      12 by default
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rancognition.hpp"

namespace {

constexpr std::uint64_t quarter_ns = 900000000000;
constexpr std::size_t quarters = 4; // of an hour
constexpr std::size_t judged_quarters = 24;
constexpr std::size_t hours_before = 3; // measured before the first decision
constexpr double most_failures = 0.05;  // share of the attempts, of each kind

// What a relation counts in a quarter of an hour, by the names of TS 28.552.
struct counters {
    static constexpr std::array<const char *, 3> names{"MM.HoExeInterReq", "HO.IntraSys.TooLate", "HO.IntraSys.TooEarly"};
    std::array<unsigned, 3> values{};
};

template <class... Values>
std::string format(const char *how, Values... values)
{
    char said[512];
    std::snprintf(said, sizeof said, how, values...);
    return said;
}

// What stands after "name": in a result, from the first place on that is named before it.
std::string_view after(std::string_view json, std::string_view name)
{
    const std::size_t at = json.find("\"" + std::string(name) + "\":");
    if (at == std::string_view::npos) {
        throw std::runtime_error(std::string(name) + " is not in " + std::string(json.substr(0, 200)));
    }
    return json.substr(at + name.size() + 3);
}

double number(std::string_view json, std::string_view name) { return std::strtod(std::string(after(json, name).substr(0, 32)).c_str(), nullptr); }

std::string text(std::string_view json, std::string_view name)
{
    const std::string_view value = after(json, name);
    return std::string(value.substr(1, value.find('"', 1) - 1));
}

// Handovers from one cell to another: simulated, and what is known of them.
class relation {
public:
    relation(std::string name, double best_offset, bool has_corner) : name_("NRCellRelation=" + std::move(name)), best_offset_(best_offset), has_corner_(has_corner) {}

    const std::string &name() const { return name_; }
    double offset() const { return offset_; }

    // From here on it is another relation: what was counted before tells nothing of what is.
    void set_offset(double decibels)
    {
        offset_ = decibels;
        since_ = counted_.size();
    }

    void pass_an_hour(std::mt19937 &random)
    {
        const double away = (offset_ - best_offset_) / 2.5;
        const double late = has_corner_ ? 0.062 * std::exp2(offset_ / 3) : 0.008 * std::exp2(-away);
        const double early = has_corner_ ? 0.004 : 0.008 * std::exp2(away);
        for (std::size_t i = 0; i < quarters; i++) {
            counters now;
            now.values[0] = static_cast<unsigned>(300 + random() % 100);
            for (unsigned attempt = 0; attempt < now.values[0]; attempt++) {
                const double chance = static_cast<double>(random()) / 4294967296.0;
                now.values[1] += chance < late;
                now.values[2] += chance >= late && chance < late + early;
            }
            counted_.push_back(now);
        }
    }

    // Counters since the offset was set, as a history.
    std::string history() const
    {
        const std::size_t first = std::max(since_, counted_.size() - std::min(counted_.size(), judged_quarters));
        std::string series;
        for (std::size_t which = 0; which < counters::names.size(); which++) {
            series += format(R"(%s"%s":{"start_ns":%llu,"step_ns":%llu,"values":[)", which == 0 ? "" : ",", metric(which).c_str(),
                             static_cast<unsigned long long>(first * quarter_ns), static_cast<unsigned long long>(quarter_ns));
            for (std::size_t i = first; i < counted_.size(); i++) {
                series += format("%s%u", i == first ? "" : ",", counted_[i].values[which]);
            }
            series += "]}";
        }
        return "{" + series + "}";
    }

    // Sums of the hour that has passed.
    std::string observed() const
    {
        std::string sums;
        for (std::size_t which = 0; which < counters::names.size(); which++) {
            sums += format(R"(%s"%s":%u)", which == 0 ? "" : ",", metric(which).c_str(), sum(which));
        }
        return "{" + sums + "}";
    }

    std::string targets() const
    {
        return format(R"(["%s / %s <= %g","%s / %s <= %g"])", metric(1).c_str(), metric(0).c_str(), most_failures, metric(2).c_str(), metric(0).c_str(), most_failures);
    }

    // Of the hour that has passed, in percent of the attempts.
    double percent(std::size_t which) const { return 100.0 * sum(which) / sum(0); }

private:
    std::string metric(std::size_t which) const { return name_ + "/" + counters::names[which]; }

    unsigned sum(std::size_t which) const
    {
        unsigned all = 0;
        for (std::size_t i = counted_.size() - quarters; i < counted_.size(); i++) {
            all += counted_[i].values[which];
        }
        return all;
    }

    const std::string name_;
    const double best_offset_; // dB
    const bool has_corner_;
    double offset_ = 0; // dB
    std::vector<counters> counted_;
    std::size_t since_ = 0;
};

class control_loop {
public:
    control_loop()
    {
        relations_.emplace_back("1-2", 8, false);
        relations_.emplace_back("1-3", -7.3, false);
        relations_.emplace_back("2-1", 0, false);
        relations_.emplace_back("3-1", 0, true);
        for (std::size_t hour = 0; hour < hours_before; hour++) {
            measure();
        }
    }

    void run(std::size_t hours)
    {
        for (std::size_t hour = hours_before; hour < hours_before + hours; hour++) {
            std::vector<double> decisions;
            for (relation &of : relations_) {
                decisions.push_back(decide(of, hour));
            }
            measure();
            for (std::size_t i = 0; i < decisions.size(); i++) {
                report(relations_[i], decisions[i], hour + 1);
            }
        }
        tell_state();
    }

private:
    static unsigned long long time_of(std::size_t hour) { return hour * quarters * quarter_ns; }

    void measure()
    {
        for (relation &of : relations_) {
            of.pass_an_hour(random_);
        }
    }

    // Gives the decision's id, and does what was decided: here an engineer would be asked (ASSIST).
    double decide(relation &of, std::size_t hour)
    {
        const std::string problem = format(R"({"network_id":"three cells","problem_type":"MRO","mode":"ASSIST","time_ns":%llu,"observe_ns":%llu,)", time_of(hour), time_of(1)) +
                                    R"("guards":{"LOW_CONFIDENCE":{"min":0.25}},"protected":[)" + protected_ + R"(],"configuration":{")" + of.name() +
                                    format(R"(":{"cellIndividualOffset":%g}},"constraints":)", of.offset()) + of.targets() + R"(,"history":)" + of.history() + "}";
        const rancog::buffer decision = core_.decide(problem);
        const std::string_view actions = after(decision, "actions"), cause = after(decision, "cause");
        if (actions.substr(0, 2) == "[]") {
            const std::string said = of.name() + " " + text(cause, "name") + ", but " + text(decision, "reason");
            if (has_vetoes(decision) && said != last_said_) {
                std::printf("hour %2zu  %s\n", hour, said.c_str());
                last_said_ = said;
            }
            return number(decision, "decision_id");
        }
        std::printf("hour %2zu  %s %s: offset from %+g to %+g dB, all targets hold with %.0f %%; similar cases: %zu\n", hour, of.name().c_str(), text(cause, "name").c_str(),
                    number(actions, "before"), number(actions, "after"), 100 * number(after(decision, "alternatives"), "confidence"), similar(decision));
        if (!explained_) {
            explain(decision);
        }
        of.set_offset(number(actions, "after"));
        return number(decision, "decision_id");
    }

    static bool has_vetoes(std::string_view decision) { return after(decision, "guards").find("\"passed\":false") != std::string_view::npos; }

    static std::size_t similar(std::string_view decision)
    {
        const std::string_view cases = after(decision, "similar");
        std::size_t count = 0;
        for (std::size_t at = cases.find("\"distance\""); at < cases.find("\"sensitivities\""); at = cases.find("\"distance\"", at + 1)) {
            count++;
        }
        return count;
    }

    void explain(std::string_view decision)
    {
        const std::string_view rest = after(decision, "explanation");
        for (std::size_t at = rest.find("\"text\""); at < rest.find("\"timing_ns\""); at = rest.find("\"text\"", at + 1)) {
            std::printf("         | %s\n", text(rest.substr(at), "text").c_str());
        }
        explained_ = true;
    }

    void report(relation &of, double decision, std::size_t hour)
    {
        const rancog::buffer reply = core_.report_outcome(format(R"({"decision_id":%.0f,"time_ns":%llu,"observed":)", decision, time_of(hour)) + of.observed() + "}");
        if (text(reply, "reason") != "nothing was changed") {
            std::printf("         %s %s: %.1f %% too late, %.1f %% too early\n", of.name().c_str(), text(reply, "verdict").c_str(), of.percent(1), of.percent(2));
        }
        if (text(reply, "verdict") == "ROLL_BACK") {
            undo(of, static_cast<std::uint64_t>(decision));
        }
    }

    void undo(relation &of, std::uint64_t decision)
    {
        const rancog::buffer plan = core_.rollback(decision);
        of.set_offset(number(plan, "after"));
        protected_ += (protected_.empty() ? "\"" : ",\"") + of.name() + '"';
        std::printf("         %s undone: offset back to %+g dB, and protected\n", of.name().c_str(), of.offset());
    }

    void tell_state() const
    {
        const rancog::buffer state = core_.get_state();
        const std::string_view decisions = after(state, "decisions"), calibration = after(state, "calibration"), vetoes = after(state, "vetoes");
        std::printf("decisions: %.0f, %.0f with a change, %.0f of them undone; vetoes: %s\n", number(decisions, "TOTAL"), number(decisions, "WITH_ACTIONS"),
                    number(decisions, "ROLLED_BACK"), std::string(vetoes.substr(0, vetoes.find('}') + 1)).c_str());
        std::printf("confidence over %.0f outcomes: calibration error %.3f, Brier score %.3f; %.0f %% of what was observed lay between p10 and p90\n", number(calibration, "count"),
                    number(calibration, "ece"), number(calibration, "brier"), 100 * number(state, "coverage"));
        std::printf("consciousness level %.2f; regret against doing nothing %+.3f; episodes remembered: %.0f\n", number(state, "consciousness_level"), number(state, "regret"),
                    number(state, "episodes"));
        for (const relation &of : relations_) {
            std::printf("%s offset %+g dB: %.1f %% too late, %.1f %% too early\n", of.name().c_str(), of.offset(), of.percent(1), of.percent(2));
        }
    }

    const rancog::cognitive core_{R"({"seed":7})"};
    std::vector<relation> relations_;
    std::mt19937 random_{3};
    std::string protected_; // names, as JSON
    std::string last_said_;
    bool explained_ = false;
};

} // namespace

int main(int count, char **arguments)
{
    const unsigned long hours = count > 1 ? std::strtoul(arguments[1], nullptr, 10) : 12;
    if (count > 2 || hours < 1 || hours > 1000) {
        std::fprintf(stderr, "usage: xapp_decide [HOURS]      1..1000\n");
        return 2;
    }
    try {
        control_loop().run(hours);
    } catch (const std::exception &error) {
        std::fprintf(stderr, "xapp_decide: %s\n", error.what());
        return 1;
    }
    return 0;
}
