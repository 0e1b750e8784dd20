/* Reading the JSON that the library writes: no blanks between tokens. */
#ifndef BENCH_ANSWERS_HPP
#define BENCH_ANSWERS_HPP

#include <string>
#include <vector>

#include "numbers.hpp"

/* Ends the program with a reason. */
[[noreturn]] void fail(const char *what, const char *why);

/* Text of a member of an object; ends the program when it is not there. */
std::string member(const std::string &object, const std::string &name);

double number(const std::string &text); /* none for null */
numbers array(const std::string &text); /* of numbers */
std::vector<std::string> elements(const std::string &array);

/* A number with all its digits, and an array of them. */
std::string digits(double value);
std::string digits(const numbers &values);

#endif
