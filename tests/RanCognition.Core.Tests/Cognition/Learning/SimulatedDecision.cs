using RanCognition.Contracts;

namespace RanCognition.Tests.Cognition;

/// <summary>A claim and what came of it.</summary>
/// <param name="Claimed">Raw probability of all targets.</param>
/// <param name="Truth">The probability that the outcome was drawn with.</param>
/// <param name="Held">The outcome.</param>
/// <param name="Mode">Who executes it.</param>
/// <param name="Acts">Whether it has actions.</param>
internal sealed record SimulatedDecision(double Claimed, double Truth, bool Held, DecisionMode Mode, bool Acts);
