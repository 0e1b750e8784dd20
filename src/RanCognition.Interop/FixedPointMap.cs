namespace RanCognition.Interop;

/// <summary>A map F of which the point x = F(x) is sought.</summary>
/// <param name="x">A point.</param>
/// <param name="image">Gets F(x), as many numbers; one that is not written, NaN or infinite means that F is not defined there.</param>
public delegate void FixedPointMap(ReadOnlySpan<double> x, Span<double> image);
