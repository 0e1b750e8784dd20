/* A strict JSON checker (RFC 8259): one value, no NaN or Infinity, numbers within a double, whole Unicode in valid UTF-8,
 * no field name twice in one object. */
#ifndef JSON_STRICT_H
#define JSON_STRICT_H

#include <stddef.h>

/* NULL when text is strict JSON, else the reason. */
const char *json_strict_fault(const char *text, size_t length);

#endif
