namespace RanCognition.Numerics;

/// <summary>A function F of n numbers to n numbers whose fixed points x = F(x) are sought.</summary>
public interface IFixedPointMap
{
    int Dimension { get; }

    /// <summary>Whether ApplyWithSlopes can be called; else slopes are differences.</summary>
    bool HasSlopes { get; }

    /// <summary>Writes F(x). Numbers that are not finite are judged by the caller; what cannot be evaluated at all throws.</summary>
    void Apply(ReadOnlySpan<double> x, Span<double> image);

    /// <summary>Writes F(x) and its Jacobian at x, row by row.</summary>
    void ApplyWithSlopes(ReadOnlySpan<double> x, Span<double> image, Span<double> slopes);
}
