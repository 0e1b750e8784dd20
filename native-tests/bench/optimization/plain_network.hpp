/* A radio network with given links, evaluated from the definitions: decibels of every pair, loads by plain iteration (Siomina and Yuan 2012). */
#ifndef OPTIMIZATION_PLAIN_NETWORK_HPP
#define OPTIMIZATION_PLAIN_NETWORK_HPP

#include <string>
#include <vector>

#include "functions.hpp"

struct plain_cell {
    double azimuth_deg, tilt_deg, power_dbm;
    bool on = true;
    double cio_db = 0;
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

#endif
