namespace RanCognition.Cognition.Outlooks;

/// <summary>What a candidate does to one metric.</summary>
/// <param name="Kind">How Center and Deviation are meant.</param>
/// <param name="Center">Logarithm of a factor; what is added; or a value.</param>
/// <param name="Deviation">Of the logarithm, or of what is added.</param>
internal readonly record struct MetricEffect(EffectKind Kind, double Center, double Deviation)
{
    private const double LogarithmMost = 30;

    /// <summary>The middle and its spread as a factor, or as something to add, for each of the levels.</summary>
    /// <param name="scores">Normal scores of the levels.</param>
    /// <param name="levels">As many places.</param>
    public void Fill(ReadOnlySpan<double> scores, Span<double> levels)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            double off = Deviation * scores[i];
            levels[i] = Kind switch
            {
                EffectKind.Factor or EffectKind.FactorOfRest => Math.Exp(Math.Clamp(Center + off, -LogarithmMost, LogarithmMost)),
                EffectKind.Level => Center * Math.Exp(Math.Clamp(off, -LogarithmMost, LogarithmMost)),
                _ => Center + off,
            };
        }
    }

    /// <summary>A value after the change.</summary>
    public static double Apply(EffectKind kind, double value, double level, double upper) => kind switch
    {
        EffectKind.Factor => value * level,
        EffectKind.FactorOfRest => upper - (upper - value) * level,
        EffectKind.Shift => value + level,
        EffectKind.Level => level,
        _ => value,
    };
}
