/* A radio network with given links, evaluated from the definitions: decibels of every pair, loads by plain iteration (Siomina and Yuan 2012). */
#ifndef BENCH_PLAIN_NETWORK_HPP
#define BENCH_PLAIN_NETWORK_HPP

#include <string>
#include <vector>

#include "numbers.hpp"

struct plain_cell {
    double azimuth_deg, tilt_deg, power_dbm;
    bool on = true;
    double cio_db = 0;
};

/* The loads that loads bring about, in one setting of a network. */
class plain_coupling {
public:
    plain_coupling(const struct plain_network &network, const std::vector<plain_cell> &setting);

    /* The loads that cells have while they interfere as much as these loads say. */
    void next(const double *loads, double *next) const;

    numbers fixed_point() const; /* by plain iteration; empty when it finds none */

    /* Largest factor of the traffic for which there are finite loads: where the slopes at infinite loads have spectral radius 1. */
    double limit() const;

    double rate_mbps(size_t user, const double *loads) const;

    const struct plain_network &network;
    size_t cells;
    double weight_sum;
    std::vector<size_t> serving;
    numbers received_mw; /* user by user; 0 from cells that are off */
    double uncovered = 0;

private:
    double noise_mw_;
};

/* What a setting gives; where there is no finite load vector, has_loads is false and what depends on it has no meaning. */
struct plain_result {
    bool has_loads;
    double largest_load, energy_w, uncovered, p5_mbps, utility;
};

struct plain_network {
    size_t users = 0, sites = 0;
    numbers loss_db, azimuth_deg, zenith_deg; /* user by user */
    numbers weights;                          /* of any sum */
    double traffic_mbps = 0, coverage_rsrp_dbm = -115;
    std::vector<plain_cell> cells;            /* site by site */

    plain_result evaluate(const std::vector<plain_cell> &setting) const;
    std::string json() const;
};

/* Three cells a site, tilt 102 degrees, 46 dBm, and the links of a file: user,weight,site,loss_db,azimuth_deg,zenith_deg, users in order. Ends the program when it is not such a file. */
plain_network read_scene(const std::string &path, double traffic_mbps);

#endif
