#include "plain_network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "answers.hpp"

namespace {

constexpr double bandwidth_mhz = 20, noise_figure_db = 9, bandwidth_efficiency = 0.65, sinr_efficiency = 0.75;
constexpr double active_w = 130, load_w = 94, sleep_w = 75;
constexpr int rows_of_antenna = 10, steps_most = 20000;
constexpr double load_most = 1e5; /* beyond it the iteration has no end */
const double pi = std::acos(-1.0);
const double minus_infinity = -std::numeric_limits<double>::infinity();

/* TR 38.901, table 7.3-1, and a column of elements at half a wavelength steered to the tilt. */
double gain_db(const plain_cell &cell, double azimuth_deg, double zenith_deg)
{
    const double offset = std::remainder(azimuth_deg - cell.azimuth_deg, 360);
    const double horizontal = std::min(30.0, 12 * std::pow(offset / 65, 2)), vertical = std::min(30.0, 12 * std::pow((zenith_deg - 90) / 65, 2));
    const double phase = pi * (std::cos(zenith_deg * pi / 180) - std::cos(cell.tilt_deg * pi / 180));
    double real = 0, imaginary = 0;
    for (int row = 0; row < rows_of_antenna; row++) {
        real += std::cos(row * phase);
        imaginary += std::sin(row * phase);
    }
    return 8 - std::min(30.0, horizontal + vertical) + 10 * std::log10(std::max(1e-6, (real * real + imaginary * imaginary) / rows_of_antenna));
}

struct iteration {
    const plain_network &network;
    double weight_sum;
    std::vector<size_t> serving;
    numbers received_mw; /* user by user; 0 from cells that are off */
    size_t cells;
    double noise_mw;

    double rate_mbps(size_t user, const numbers &loads) const
    {
        double interference = noise_mw;
        for (size_t cell = 0; cell < cells; cell++) {
            interference += cell == serving[user] ? 0 : loads[cell] * received_mw[user * cells + cell];
        }
        return bandwidth_efficiency * bandwidth_mhz * std::log2(1 + sinr_efficiency * received_mw[user * cells + serving[user]] / interference);
    }

    /* Gives the fixed point; nothing when there is none. */
    numbers loads() const
    {
        numbers loads(cells, 0);
        for (int step = 0; step < steps_most; step++) {
            numbers next(cells, 0);
            for (size_t user = 0; user < network.users; user++) {
                next[serving[user]] += network.weights[user] / weight_sum * network.traffic_mbps / rate_mbps(user, loads);
            }
            double change = 0, largest = 0;
            for (size_t cell = 0; cell < cells; cell++) {
                change = std::max(change, std::fabs(next[cell] - loads[cell]));
                largest = std::max(largest, next[cell]);
            }
            loads = next;
            if (change < 1e-12 * std::max(1.0, largest)) {
                return loads;
            }
            if (largest > load_most) {
                break;
            }
        }
        return {};
    }
};

std::string rows_of(const numbers &values, size_t columns)
{
    std::string text = "[";
    for (size_t from = 0; from < values.size(); from += columns) {
        const auto row = values.begin() + static_cast<std::ptrdiff_t>(from);
        text += (from ? "," : "") + digits(numbers(row, row + static_cast<std::ptrdiff_t>(columns)));
    }
    return text + "]";
}

} // namespace

plain_result plain_network::evaluate(const std::vector<plain_cell> &setting) const
{
    const size_t count = setting.size();
    iteration state = {*this, std::accumulate(weights.begin(), weights.end(), 0.0), std::vector<size_t>(users), numbers(users * count, 0), count,
                       std::pow(10, (-174 + noise_figure_db + 10 * std::log10(bandwidth_mhz * 1e6)) / 10)};
    plain_result result = {false, 0, 0, 0, 0, 0};
    for (size_t user = 0; user < users; user++) {
        double best = minus_infinity, best_with_offset = minus_infinity;
        for (size_t cell = 0; cell < count; cell++) {
            if (!setting[cell].on) {
                continue;
            }
            const size_t link = user * sites + cell * sites / count;
            const double level = setting[cell].power_dbm + gain_db(setting[cell], azimuth_deg[link], zenith_deg[link]) - loss_db[link];
            state.received_mw[user * count + cell] = std::pow(10, level / 10);
            best = std::max(best, level);
            if (level + setting[cell].cio_db > best_with_offset) {
                best_with_offset = level + setting[cell].cio_db;
                state.serving[user] = cell;
            }
        }
        result.uncovered += best - 10 * std::log10(12 * 5 * bandwidth_mhz) < coverage_rsrp_dbm ? weights[user] / state.weight_sum : 0;
    }
    const bool any = std::any_of(setting.begin(), setting.end(), [](const plain_cell &cell) { return cell.on; });
    const numbers loads = any ? state.loads() : numbers();
    result.has_loads = !loads.empty();
    for (size_t cell = 0; cell < count; cell++) {
        result.energy_w += setting[cell].on ? active_w + load_w * std::min(1.0, result.has_loads ? loads[cell] : 1) : sleep_w;
    }
    if (!result.has_loads) {
        return result;
    }
    result.largest_load = *std::max_element(loads.begin(), loads.end());
    numbers rates(users);
    std::vector<size_t> order(users);
    std::iota(order.begin(), order.end(), size_t{0});
    for (size_t user = 0; user < users; user++) {
        rates[user] = (1 - std::min(0.99, loads[state.serving[user]])) * state.rate_mbps(user, loads);
        result.utility += weights[user] / state.weight_sum * std::log(1e6 * rates[user]);
    }
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return rates[a] < rates[b]; });
    double below = 0;
    for (size_t i = 0; i < users && below < 0.05 - 1e-12; i++) {
        below += weights[order[i]] / state.weight_sum;
        result.p5_mbps = rates[order[i]];
    }
    return result;
}

std::string plain_network::json() const
{
    std::string text = "{\"links\":{\"loss_db\":" + rows_of(loss_db, sites) + ",\"azimuth_deg\":" + rows_of(azimuth_deg, sites) + ",\"zenith_deg\":" + rows_of(zenith_deg, sites) +
                       ",\"weights\":" + digits(weights) + "},\"traffic_mbps\":" + digits(traffic_mbps) + ",\"coverage_rsrp_dbm\":" + digits(coverage_rsrp_dbm) + ",\"cells\":[";
    for (size_t i = 0; i < cells.size(); i++) {
        text += (i ? ",{\"azimuth_deg\":" : "{\"azimuth_deg\":") + digits(cells[i].azimuth_deg) + ",\"tilt_deg\":" + digits(cells[i].tilt_deg) + ",\"power_dbm\":" + digits(cells[i].power_dbm) + "}";
    }
    return text + "]}";
}
