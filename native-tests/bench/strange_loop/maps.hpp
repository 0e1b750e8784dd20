/* Maps F whose fixed points x = F(x) are sought: as the library takes them, and from the definitions. */
#ifndef STRANGE_LOOP_MAPS_HPP
#define STRANGE_LOOP_MAPS_HPP

#include <string>
#include <vector>

#include "ours.hpp"
#include "plain_network.hpp"

struct test_map {
    std::string name;
    std::string json;    /* the request's member map */
    size_t size;
    host_map next;       /* the same from the definition */
    numbers fixed_point; /* empty when it is not known */
};

test_map cosine();

/* A full symmetric matrix with these eigenvalues, and an offset so that a known point is fixed. */
test_map linear(const std::string &name, const numbers &eigenvalues);

numbers even_spectrum(size_t count, double from, double to);
numbers repeated_spectrum(size_t count, const numbers &values);

/* 19 sites of three cells, 500 m apart, and 1500 users at random: distance law, shadowing, straight lines from 25 m to 1.5 m. */
plain_network made_scene(double traffic_mbps);

/* Loads of a network of links, which must outlive the map. */
test_map loads_of(const std::string &name, const plain_network &network);

/* Not a number when a part is not. */
double largest_distance(const numbers &a, const numbers &b);
double residual_of(const test_map &map, const numbers &x);

#endif
