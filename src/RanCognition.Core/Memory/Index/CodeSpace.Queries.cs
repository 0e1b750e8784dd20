using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RanCognition.Contracts;

namespace RanCognition.Memory.Index;

/// <summary>Queries in code space.</summary>
internal sealed unsafe partial class CodeSpace
{
    // Rounding of the reported cosine and inner product, relative to the product of the norms: three sums of up to 4096 terms.
    private const double ReportedError = 4e-12;

    /// <summary>Brings a query into code space. False when it lies beyond: it has to be answered without codes.</summary>
    /// <remarks>The norm is the query's. Stride numbers of point become its place, CodeBytes numbers of weights what the byte codes are multiplied with.</remarks>
    public bool TryPlaceQuery(float* query, double norm, float* point, short* weights, out QueryPlace place)
    {
        for (int i = _dimension; i < _stride; i++)
        {
            point[i] = 0;
        }
        double factor = _metric switch
        {
            DistanceMetric.L2 => _scale,
            DistanceMetric.Cosine => 1 / norm,
            _ => _normMax / norm,
        };
        place = default;
        if (!double.IsFinite(factor))
        {
            return false;
        }
        Scale(query, factor, point);
        float pointNorm = (float)Math.Sqrt(SquaredNorm(point));
        if (!(pointNorm < NormMax))
        {
            return false;
        }
        place = Weigh(point, weights) with { Factor = factor, Rounding = RoundingOf(pointNorm) };
        return true;
    }

    // |query - (centre + step * code)|^2 = |g|^2 - 2 sum (g step) code + |step * code|^2, with g = query - centre and g step in whole units. README.md has the slack.
    [SkipLocalsInit]
    private QueryPlace Weigh(float* point, short* weights)
    {
        float* exact = stackalloc float[CodeBytes];
        Vector256<float> most = default, squares = default, errors = default;
        for (int i = 0; i < CodeBytes; i += 8)
        {
            Vector256<float> step = Vector256.Load(_step + i);
            Vector256<float> centred = (i + 8 <= _dimension ? Vector256.Load(point + i) : LoadPart(point, i)) - Vector256.Load(_offset + i) - step * Vector256.Create((float)CodeCentre);
            Vector256<float> weight = centred * step;
            weight.Store(exact + i);
            most = Vector256.Max(most, Vector256.Abs(weight));
            squares += centred * centred;
        }
        float largest = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            largest = Math.Max(largest, most[lane]);
        }
        int weightMax = Math.Min(short.MaxValue, int.MaxValue / (CodeCentre * CodeBytes));
        float unit = largest < 1e-30f ? 0 : largest / weightMax;
        Vector256<float> perUnit = Vector256.Create(unit == 0 ? 0 : 1 / unit), half = Vector256.Create(0.5f);
        Vector256<float> up = Vector256.Create((float)weightMax);
        for (int i = 0; i < CodeBytes; i += 8)
        {
            Vector256<float> weight = Vector256.Load(exact + i) * perUnit;
            Vector256<float> whole = Vector256.Max(Vector256.Min(Vector256.Floor(weight + half), up), -up);
            Vector256<int> number = Vector256.ConvertToInt32(whole);
            Vector128.Narrow(number.GetLower(), number.GetUpper()).Store(weights + i);
            Vector256<float> left = weight - whole;
            errors += left * left;
        }
        float square = Vector256.Sum(squares);
        float error = unit == 0 ? largest * MathF.Sqrt(CodeBytes) : MathF.Sqrt(Vector256.Sum(errors)) * unit;
        float slack = 2 * error * _codeNormMax + (CodeBytes / 4 + 64) * Unit * (square + _codeSquareMax);
        return new QueryPlace(0, 0, square, 2 * unit, slack * (1 + 1e-4f) + Floor * Floor);
    }

    /// <summary>The largest distance in code space that a row at this distance, or one that ties with it, can have.</summary>
    public float ToCode(double distance, in QueryPlace place)
    {
        double code = _metric switch
        {
            DistanceMetric.L2 => distance * _scale,
            DistanceMetric.Cosine => Math.Sqrt(2 * (distance + ReportedError)),
            _ => Math.Sqrt(Math.Max(0, 2 * _normMax * _normMax * (1 + 2 * ReportedError) + 2 * place.Factor * _scale * distance)),
        };
        return (float)(code * (1 + 8 * Unit)) + 2 * Floor;
    }

    /// <summary>Widens a distance in code space by what the rounding of reported distances can turn round.</summary>
    public float Widen(float code)
    {
        double slack = _metric switch
        {
            DistanceMetric.L2 => 0,
            DistanceMetric.Cosine => 4 * ReportedError,
            _ => 8 * ReportedError * _normMax * _normMax,
        };
        return (float)(Math.Sqrt((double)code * code + slack) * (1 + 8 * Unit)) + 2 * Floor;
    }

    /// <summary>Lower bounds of the squared distance from the query along each coordinate to each cell: 16 cells a coordinate.</summary>
    [SkipLocalsInit]
    public void MakeBounds(float* point, float* bounds)
    {
        float* y = stackalloc float[Coordinates];
        float* slack = stackalloc float[Coordinates];
        float* cells = stackalloc float[Coordinates * Cells];
        Project(point, point, y, y, out float norm, out _);
        float reach = _reach + norm * (1 + 1e-4f);
        float placing = (reach + 2 * _meanNorm) * (8 * Unit) + 4 * Floor + (_metric == DistanceMetric.InnerProduct ? (float)_normMax * (64 * Unit) : 0);
        new Span<float>(slack, Coordinates).Fill((2 * _stride + 16) * Unit * reach + placing);
        if (HasTail)
        {
            slack[_axisCount] = (float)Math.Sqrt((12 * _stride + 128) * Unit + 2 * _defect) * reach + 2 * placing;
        }
        for (int from = 0; from < Coordinates; from += 8)
        {
            Vector256<float> at = Vector256.Load(y + from), less = Vector256.Load(slack + from);
            for (int cell = 0; cell < Cells; cell++)
            {
                // The first cell is open below and the last above.
                Vector256<float> below = cell == 0 ? default : Vector256.Load(_edges + (cell - 1) * Coordinates + from) - at;
                Vector256<float> above = cell == Cells - 1 ? default : at - Vector256.Load(_edges + cell * Coordinates + from);
                Vector256<float> gap = Vector256.Max(default, Vector256.Max(below, above) * Vector256.Create(1 - 4 * Unit) - less);
                (gap * gap).Store(cells + cell * Coordinates + from);
            }
        }
        for (int cell = 0; cell < Cells; cell++)
        {
            for (int j = 0; j < Coordinates; j++)
            {
                bounds[j * Cells + cell] = cells[cell * Coordinates + j];
            }
        }
    }

    /// <summary>What one unit of the tables is worth so that a sum of more than <see cref="CoarseCodes.LimitMax"/> proves a row to be farther than this.</summary>
    public float UnitFor(float code)
    {
        double square = (double)code * code * (1 + 2 * _defect + 1e-5);
        return (float)Math.Max(square / CoarseCodes.LimitMax, 1e-37);
    }
}
