#include "maps.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "random.hpp"

namespace {

constexpr double root_of_cosine = 0.73908513321516064166; /* of cos x = x */
constexpr double pi = 3.14159265358979323846;
constexpr size_t users_of_scene = 1500;
constexpr double site_distance_m = 500, shadowing_db = 6, height_difference_m = 23.5;

} // namespace

test_map cosine()
{
    return {"x = cos x", "{\"type\":\"expression\",\"variables\":[\"x\"],\"expressions\":[\"cos(x)\"]}", 1, [](const double *x, double *fx) { fx[0] = std::cos(x[0]); }, {root_of_cosine}};
}

test_map linear(const std::string &name, const numbers &eigenvalues)
{
    const size_t size = eigenvalues.size();
    random_numbers random(size);
    numbers axis(size), fixed(size), offset(size);
    double squares = 0;
    for (size_t i = 0; i < size; i++) {
        axis[i] = random.normal();
        squares += axis[i] * axis[i];
        fixed[i] = random.normal();
    }
    for (double &part : axis) {
        part /= std::sqrt(squares);
    }
    /* H D H, where D holds the eigenvalues and H = I - 2 v v' mirrors at an axis v (Householder 1958). */
    double middle = 0;
    for (size_t i = 0; i < size; i++) {
        middle += axis[i] * axis[i] * eigenvalues[i];
    }
    const auto matrix = std::make_shared<numbers>(size * size);
    std::string text = "[";
    for (size_t i = 0; i < size; i++) {
        for (size_t j = 0; j < size; j++) {
            (*matrix)[i * size + j] = (i == j ? eigenvalues[i] : 0) + axis[i] * axis[j] * (4 * middle - 2 * (eigenvalues[i] + eigenvalues[j]));
        }
        const auto row = matrix->begin() + static_cast<std::ptrdiff_t>(i * size);
        offset[i] = fixed[i] - std::inner_product(fixed.begin(), fixed.end(), row, 0.0);
        text += (i ? "," : "") + digits(numbers(row, row + static_cast<std::ptrdiff_t>(size)));
    }
    const auto next = [matrix, offset, size](const double *x, double *fx) {
        for (size_t i = 0; i < size; i++) {
            fx[i] = std::inner_product(x, x + size, matrix->data() + i * size, offset[i]);
        }
    };
    return {name, "{\"type\":\"linear\",\"matrix\":" + text + "],\"offset\":" + digits(offset) + "}", size, next, fixed};
}

numbers even_spectrum(size_t count, double from, double to)
{
    numbers values(count);
    for (size_t i = 0; i < count; i++) {
        values[i] = from + (to - from) * static_cast<double>(i) / static_cast<double>(count - 1);
    }
    return values;
}

numbers repeated_spectrum(size_t count, const numbers &values)
{
    numbers all(count);
    for (size_t i = 0; i < count; i++) {
        all[i] = values[i % values.size()];
    }
    return all;
}

plain_network made_scene(double traffic_mbps)
{
    plain_network network;
    network.traffic_mbps = traffic_mbps;
    network.users = users_of_scene;
    numbers east, north;
    for (int q = -2; q <= 2; q++) {
        for (int r = std::max(-2, -2 - q); r <= std::min(2, 2 - q); r++) { /* the hexagons within two steps of the middle one */
            east.push_back(site_distance_m * (q + 0.5 * r));
            north.push_back(site_distance_m * r * std::sqrt(0.75));
        }
    }
    network.sites = east.size();
    for (size_t cell = 0; cell < 3 * network.sites; cell++) {
        network.cells.push_back({30 + 120.0 * static_cast<double>(cell % 3), 102, 46});
    }
    random_numbers random(57);
    for (size_t user = 0; user < network.users; user++) {
        const double radius = 1200 * std::sqrt(random.uniform()), angle = 2 * pi * random.uniform();
        network.weights.push_back(0.5 + random.uniform());
        for (size_t site = 0; site < network.sites; site++) {
            const double across = radius * std::cos(angle) - east[site], up = radius * std::sin(angle) - north[site];
            const double distance = std::max(35.0, std::hypot(across, up));
            network.loss_db.push_back(128.1 + 37.6 * std::log10(std::hypot(distance, height_difference_m) / 1000) + shadowing_db * random.normal());
            network.azimuth_deg.push_back(std::atan2(up, across) * 180 / pi);
            network.zenith_deg.push_back(90 + std::atan(height_difference_m / distance) * 180 / pi);
        }
    }
    return network;
}

test_map loads_of(const std::string &name, const plain_network &network)
{
    const auto coupling = std::make_shared<plain_coupling>(network, network.cells);
    return {name, "{\"type\":\"load_coupling\",\"network\":" + network.json() + "}", network.cells.size(), [coupling](const double *x, double *fx) { coupling->next(x, fx); }, {}};
}

double largest_distance(const numbers &a, const numbers &b)
{
    double largest = a.size() == b.size() ? 0 : HUGE_VAL;
    for (size_t i = 0; i < std::min(a.size(), b.size()); i++) {
        const double distance = std::fabs(a[i] - b[i]);
        largest = distance <= largest ? largest : distance;
        if (std::isnan(distance)) {
            break;
        }
    }
    return largest;
}

double residual_of(const test_map &map, const numbers &x)
{
    numbers after(map.size);
    map.next(x.data(), after.data());
    return largest_distance(after, x);
}
