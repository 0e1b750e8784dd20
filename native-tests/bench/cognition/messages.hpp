/* Messages with measurements, made here, of about a given size; and files. */
#ifndef COGNITION_MESSAGES_HPP
#define COGNITION_MESSAGES_HPP

#include <string>
#include <vector>

extern const std::vector<std::string> message_formats; /* as ingest names them */

struct message {
    std::string text;
    size_t numbers = 0; /* in it */
};

/* 40 counters of each object, as many objects as there is room for. */
message make_message(const std::string &format, size_t bytes);

std::string read_file(const std::string &path);

#endif
