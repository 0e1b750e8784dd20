using RanCognition.Contracts;

namespace RanCognition.Modules;

/// <summary>A cognitive core as calls in bytes reach it.</summary>
internal interface ICallTarget : IDisposable
{
    /// <summary>Decisions that it remembers.</summary>
    ulong Decisions { get; }

    ulong Episodes { get; }

    ulong HistorySamples { get; }

    /// <summary>Its file was closed and opened again: what only the process knew is forgotten.</summary>
    void Reopened();

    /// <summary>Makes one call; throws what it fails by, and has changed nothing then.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="first">Problem, outcome or message; empty where there is none.</param>
    /// <param name="second">Constraints.</param>
    /// <param name="decisionId">Of a rollback.</param>
    /// <param name="whatIf">The host's model for a decision; null = none.</param>
    /// <param name="argument">Name under which a refusal speaks of first; empty = as the call names it.</param>
    /// <returns>The result, JSON.</returns>
    byte[] Run(CognitiveOperationKind kind, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ulong decisionId, WhatIfFunction? whatIf, string argument);
}
