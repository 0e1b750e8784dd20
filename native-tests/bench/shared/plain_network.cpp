#include "plain_network.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
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

plain_coupling::plain_coupling(const plain_network &of, const std::vector<plain_cell> &setting)
    : network(of), cells(setting.size()), weight_sum(std::accumulate(of.weights.begin(), of.weights.end(), 0.0)), serving(of.users), received_mw(of.users * setting.size(), 0),
      noise_mw_(std::pow(10, (-174 + noise_figure_db + 10 * std::log10(bandwidth_mhz * 1e6)) / 10))
{
    for (size_t user = 0; user < network.users; user++) {
        double best = minus_infinity, best_with_offset = minus_infinity;
        for (size_t cell = 0; cell < cells; cell++) {
            if (!setting[cell].on) {
                continue;
            }
            const size_t link = user * network.sites + cell * network.sites / cells;
            const double level = setting[cell].power_dbm + gain_db(setting[cell], network.azimuth_deg[link], network.zenith_deg[link]) - network.loss_db[link];
            received_mw[user * cells + cell] = std::pow(10, level / 10);
            best = std::max(best, level);
            if (level + setting[cell].cio_db > best_with_offset) {
                best_with_offset = level + setting[cell].cio_db;
                serving[user] = cell;
            }
        }
        uncovered += best - 10 * std::log10(12 * 5 * bandwidth_mhz) < network.coverage_rsrp_dbm ? network.weights[user] / weight_sum : 0;
    }
}

double plain_coupling::rate_mbps(size_t user, const double *loads) const
{
    double interference = noise_mw_;
    for (size_t cell = 0; cell < cells; cell++) {
        interference += cell == serving[user] ? 0 : loads[cell] * received_mw[user * cells + cell];
    }
    return bandwidth_efficiency * bandwidth_mhz * std::log2(1 + sinr_efficiency * received_mw[user * cells + serving[user]] / interference);
}

void plain_coupling::next(const double *loads, double *next) const
{
    std::fill(next, next + cells, 0.0);
    for (size_t user = 0; user < network.users; user++) {
        next[serving[user]] += network.weights[user] / weight_sum * network.traffic_mbps / rate_mbps(user, loads);
    }
}

numbers plain_coupling::fixed_point() const
{
    numbers loads(cells, 0), after(cells);
    for (int step = 0; step < steps_most; step++) {
        next(loads.data(), after.data());
        double change = 0, largest = 0;
        for (size_t cell = 0; cell < cells; cell++) {
            change = std::max(change, std::fabs(after[cell] - loads[cell]));
            largest = std::max(largest, after[cell]);
        }
        loads = after;
        if (change < 1e-12 * std::max(1.0, largest)) {
            return loads;
        }
        if (largest > load_most) {
            break;
        }
    }
    return {};
}

double plain_coupling::limit() const
{
    numbers slopes(cells * cells, 0), direction(cells, 1);
    for (size_t user = 0; user < network.users; user++) { /* log2(1 + q / x) is q / (x ln 2) for large x */
        const size_t own = serving[user];
        const double scale = network.weights[user] / weight_sum * network.traffic_mbps * std::log(2.0) / (bandwidth_efficiency * bandwidth_mhz * sinr_efficiency * received_mw[user * cells + own]);
        for (size_t cell = 0; cell < cells; cell++) {
            slopes[own * cells + cell] += cell == own ? 0 : scale * received_mw[user * cells + cell];
        }
    }
    double radius = 0;
    for (int step = 0; step < steps_most; step++) { /* the slopes are not negative: powers of slopes + identity go to the largest eigenvalue's direction */
        numbers after = direction;
        double largest = 0;
        for (size_t row = 0; row < cells; row++) {
            after[row] += std::inner_product(direction.begin(), direction.end(), slopes.begin() + static_cast<std::ptrdiff_t>(row * cells), 0.0);
            largest = std::max(largest, after[row]);
        }
        radius = largest - 1;
        for (size_t row = 0; row < cells; row++) {
            direction[row] = after[row] / largest;
        }
    }
    return 1 / radius;
}

plain_result plain_network::evaluate(const std::vector<plain_cell> &setting) const
{
    const size_t count = setting.size();
    const plain_coupling coupling(*this, setting);
    plain_result result = {false, 0, 0, coupling.uncovered, 0, 0};
    const bool any = std::any_of(setting.begin(), setting.end(), [](const plain_cell &cell) { return cell.on; });
    const numbers loads = any ? coupling.fixed_point() : numbers();
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
        rates[user] = (1 - std::min(0.99, loads[coupling.serving[user]])) * coupling.rate_mbps(user, loads.data());
        result.utility += weights[user] / coupling.weight_sum * std::log(1e6 * rates[user]);
    }
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return rates[a] < rates[b]; });
    double below = 0;
    for (size_t i = 0; i < users && below < 0.05 - 1e-12; i++) {
        below += weights[order[i]] / coupling.weight_sum;
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

plain_network read_scene(const std::string &path, double traffic_mbps)
{
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line)) {
        fail("--scene", "the file cannot be read");
    }
    plain_network network;
    network.traffic_mbps = traffic_mbps;
    while (std::getline(file, line)) {
        unsigned long user, site;
        double weight, loss, azimuth, zenith;
        if (std::sscanf(line.c_str(), "%lu,%lf,%lu,%lf,%lf,%lf", &user, &weight, &site, &loss, &azimuth, &zenith) != 6) {
            fail("--scene: not a line of a scene", line.c_str());
        }
        if (site == 0) {
            network.weights.push_back(weight);
            network.users++;
        }
        network.sites = std::max<size_t>(network.sites, site + 1);
        if (user + 1 != network.users || site != network.loss_db.size() - user * network.sites) {
            fail("--scene: a line is missing, or not in order", line.c_str());
        }
        network.loss_db.push_back(loss);
        network.azimuth_deg.push_back(azimuth);
        network.zenith_deg.push_back(zenith);
    }
    if (network.loss_db.empty() || network.loss_db.size() != network.users * network.sites) {
        fail("--scene", "users without all sites");
    }
    for (size_t cell = 0; cell < 3 * network.sites; cell++) {
        network.cells.push_back({30 + 120.0 * static_cast<double>(cell % 3), 102, 46});
    }
    return network;
}
