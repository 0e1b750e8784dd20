namespace RanCognition.Contracts;

/// <summary>Tells what metrics would be after changes, in the host's own model.</summary>
/// <param name="question">JSON: {"actions":[{"managedObject","attribute","before","after"}],"metrics":[names]}.</param>
/// <param name="values">One per metric; what is left as it is (not a number) is not known.</param>
/// <returns>False: nothing can be told of these changes.</returns>
public delegate bool WhatIfFunction(ReadOnlySpan<byte> question, Span<double> values);
