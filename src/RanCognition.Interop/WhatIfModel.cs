using RanCognition.Contracts;

namespace RanCognition.Interop;

/// <summary>An application's own model of its network: tells what metrics would be after changes.</summary>
/// <param name="question">The changes, none meaning the network as it is, and the metrics.</param>
/// <param name="values">Gets a value for each metric, in their order; one that is not written, or NaN, is not known, and the library's own expectation stands.</param>
/// <returns>False: nothing can be told of these changes.</returns>
public delegate bool WhatIfModel(WhatIfQuestion question, Span<double> values);
