namespace RanCognition.Contracts;

/// <summary>What a host's model is asked: what metrics would be after changes.</summary>
public sealed class WhatIfQuestion
{
    /// <summary>Changes; none = the network as it is.</summary>
    public IReadOnlyList<ConfigurationChange> Actions { get; init; } = [];

    /// <summary>Names of the metrics that are asked about.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];
}
