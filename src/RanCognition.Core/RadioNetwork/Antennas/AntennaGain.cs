using System.Globalization;
using System.Numerics;
using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>Gain of a cell's antenna towards a user: for one direction, or for all users of a site at once.</summary>
/// <remarks>
/// Sources: TR 38.901, table 7.3-1 (element) and section 7.3 (column of elements); TR 36.814, table A.2.1.1-2 (sector antenna with electrical tilt, in three dimensions).
///
/// Many links take three steps, so that what stays the same is not computed again: <see cref="ZenithTerms"/> once for the users of a site, <see cref="FixedPart"/> when the boresight turns,
/// <see cref="LinearGains"/> when the tilt changes. In the column all is done by additions and products: with q = pi / 2 (cos zenith - cos tilt) the sum of n elements is
/// sin(n q) / sin(q), the Chebyshev polynomial of the second kind U_(n-1) at cos q, and cos q comes from the cosines and sines of both halves of the difference. The polynomial has no
/// singular place, and each link's arithmetic is the same at every width of vectors.
/// </remarks>
internal sealed class AntennaGain
{
    /// <summary>Elements of a column.</summary>
    public const int RowsMax = 128;

    private const double ElementGainDbi = 8, ElementBeamwidthDeg = 65, ElementFloorDb = 30;
    private const double SectorGainDbi = 14, SectorHorizontalBeamwidthDeg = 70, SectorVerticalBeamwidthDeg = 10, SectorFloorDb = 25, SectorSideLobeDb = 20;

    // Of the column relative to one element of its total power; a null of the pattern would be minus infinity.
    private const double ColumnFloor = 1e-6;

    private readonly AntennaModel _model;
    private readonly int _rows;

    /// <param name="spec">The antenna.</param>
    /// <param name="place">Where it was given, for messages.</param>
    public AntennaGain(AntennaSpec spec, string place)
    {
        if (spec.Model > AntennaModel.Tr36814)
        {
            InvalidInputException.Throw(place + "/model", "is not an antenna that is known");
        }
        if (spec.Rows < 1 || spec.Rows > RowsMax)
        {
            InvalidInputException.Throw(place + "/rows", string.Create(CultureInfo.InvariantCulture, $"{spec.Rows}, must be 1..{RowsMax}"));
        }
        _model = spec.Model;
        _rows = spec.Rows;
    }

    /// <summary>Gain of one direction, dBi.</summary>
    /// <param name="azimuthOffsetDeg">Of the direction from the boresight.</param>
    /// <param name="zenithDeg">Of the direction; 90 = horizontal.</param>
    /// <param name="tiltDeg">Zenith angle of the beam.</param>
    public double GainDb(double azimuthOffsetDeg, double zenithDeg, double tiltDeg)
    {
        double offset = Turned(azimuthOffsetDeg);
        switch (_model)
        {
            case AntennaModel.Tr38901:
                double step = Math.PI * (Math.Cos(Radians(zenithDeg)) - Math.Cos(Radians(tiltDeg))), real = 0, imaginary = 0;
                for (int row = 0; row < _rows; row++)
                {
                    real += Math.Cos(row * step);
                    imaginary += Math.Sin(row * step);
                }
                return ElementGainDbi - ElementAttenuationDb(offset, zenithDeg) + 10 * Math.Log10(Math.Max((real * real + imaginary * imaginary) / _rows, ColumnFloor));
            case AntennaModel.Tr36814:
                return SectorGainDbi - Math.Min(SectorHorizontalDb(offset) + SectorVerticalDb(zenithDeg - tiltDeg), SectorFloorDb);
            default:
                return 0;
        }
    }

    /// <summary>What of a direction depends on its zenith only: for the two rows that the other steps take.</summary>
    public void ZenithTerms(ReadOnlySpan<double> zenithDeg, Span<double> first, Span<double> second)
    {
        for (int i = 0; i < zenithDeg.Length; i++)
        {
            if (_model == AntennaModel.Tr38901)
            {
                (second[i], first[i]) = Math.SinCos(Math.PI / 2 * Math.Cos(Radians(zenithDeg[i])));
            }
            else
            {
                first[i] = zenithDeg[i];
                second[i] = 0;
            }
        }
    }

    /// <summary>What does not depend on the tilt: the element's gain as a factor, of a sector antenna the horizontal attenuation in dB.</summary>
    public void FixedPart(ReadOnlySpan<double> azimuthDeg, ReadOnlySpan<double> zenithDeg, double boresightDeg, Span<double> fixedPart)
    {
        double floor = Linear(ElementGainDbi - ElementFloorDb);   // of half of all directions
        for (int i = 0; i < azimuthDeg.Length; i++)
        {
            double offset = Turned(azimuthDeg[i] - boresightDeg);
            fixedPart[i] = _model switch
            {
                AntennaModel.Tr38901 => ElementAttenuationDb(offset, zenithDeg[i]) is < ElementFloorDb and var attenuation ? Linear(ElementGainDbi - attenuation) : floor,
                AntennaModel.Tr36814 => SectorHorizontalDb(offset),
                _ => 1,
            };
        }
    }

    /// <summary>Gains as factors of power.</summary>
    /// <param name="fixedPart">From FixedPart.</param>
    /// <param name="first">From ZenithTerms.</param>
    /// <param name="second">From ZenithTerms.</param>
    /// <param name="tiltDeg">Zenith angle of the beam.</param>
    /// <param name="gains">Receives one gain a link.</param>
    public void LinearGains(ReadOnlySpan<double> fixedPart, ReadOnlySpan<double> first, ReadOnlySpan<double> second, double tiltDeg, Span<double> gains)
    {
        switch (_model)
        {
            case AntennaModel.Tr38901:
                ColumnGains(fixedPart, first, second, tiltDeg, gains[..fixedPart.Length]);
                break;
            case AntennaModel.Tr36814:
                for (int i = 0; i < fixedPart.Length; i++)
                {
                    gains[i] = Linear(SectorGainDbi - Math.Min(fixedPart[i] + SectorVerticalDb(first[i] - tiltDeg), SectorFloorDb));
                }
                break;
            default:
                fixedPart.CopyTo(gains);
                break;
        }
    }

    private unsafe void ColumnGains(ReadOnlySpan<double> fixedPart, ReadOnlySpan<double> cosines, ReadOnlySpan<double> sines, double tiltDeg, Span<double> gains)
    {
        (double sine, double cosine) = Math.SinCos(Math.PI / 2 * Math.Cos(Radians(tiltDeg)));
        int width = Vector<double>.Count, i = 0;
        Vector<double> wideSine = new(sine), wideCosine = new(cosine), floor = new(ColumnFloor), perRow = new(1.0 / _rows);
        fixedPart = fixedPart[..gains.Length];
        cosines = cosines[..gains.Length];
        sines = sines[..gains.Length];
        fixed (double* part = fixedPart, first = cosines, second = sines, to = gains)
        {
            for (; i + 4 * width <= gains.Length; i += 4 * width)   // four at a time: one recurrence alone would wait for itself
            {
                Vector<double> half0 = Vector.Load(first + i) * wideCosine + Vector.Load(second + i) * wideSine;
                Vector<double> half1 = Vector.Load(first + i + width) * wideCosine + Vector.Load(second + i + width) * wideSine;
                Vector<double> half2 = Vector.Load(first + i + 2 * width) * wideCosine + Vector.Load(second + i + 2 * width) * wideSine;
                Vector<double> half3 = Vector.Load(first + i + 3 * width) * wideCosine + Vector.Load(second + i + 3 * width) * wideSine;
                Vector<double> twice0 = half0 + half0, twice1 = half1 + half1, twice2 = half2 + half2, twice3 = half3 + half3;
                Vector<double> odd0 = Vector<double>.Zero, odd1 = odd0, odd2 = odd0, odd3 = odd0, even0 = Vector<double>.One, even1 = even0, even2 = even0, even3 = even0;
                int row = 1;
                for (; row + 1 < _rows; row += 2)
                {
                    odd0 = twice0 * even0 - odd0;
                    odd1 = twice1 * even1 - odd1;
                    odd2 = twice2 * even2 - odd2;
                    odd3 = twice3 * even3 - odd3;
                    even0 = twice0 * odd0 - even0;
                    even1 = twice1 * odd1 - even1;
                    even2 = twice2 * odd2 - even2;
                    even3 = twice3 * odd3 - even3;
                }
                if (row < _rows)
                {
                    even0 = twice0 * even0 - odd0;
                    even1 = twice1 * even1 - odd1;
                    even2 = twice2 * even2 - odd2;
                    even3 = twice3 * even3 - odd3;
                }
                Vector.Store(Vector.Load(part + i) * Vector.Max(even0 * even0 * perRow, floor), to + i);
                Vector.Store(Vector.Load(part + i + width) * Vector.Max(even1 * even1 * perRow, floor), to + i + width);
                Vector.Store(Vector.Load(part + i + 2 * width) * Vector.Max(even2 * even2 * perRow, floor), to + i + 2 * width);
                Vector.Store(Vector.Load(part + i + 3 * width) * Vector.Max(even3 * even3 * perRow, floor), to + i + 3 * width);
            }
        }
        for (; i < gains.Length; i++)
        {
            double half = cosines[i] * cosine + sines[i] * sine, twice = half + half, before = 0, sum = 1;
            for (int row = 1; row < _rows; row++)
            {
                (before, sum) = (sum, twice * sum - before);
            }
            gains[i] = fixedPart[i] * Math.Max(sum * sum * (1.0 / _rows), ColumnFloor);
        }
    }

    /// <summary>The same direction within half a turn to either side: the remainder of IEEE 754, exact in each case and sooner there in the usual ones.</summary>
    private static double Turned(double degrees) =>
        Math.Abs(degrees) <= 180 ? degrees : Math.Abs(degrees) < 540 ? degrees - Math.CopySign(360, degrees) : Math.IEEERemainder(degrees, 360);

    private static double ElementAttenuationDb(double offsetDeg, double zenithDeg) =>
        Math.Min(Parabola(offsetDeg, ElementBeamwidthDeg, ElementFloorDb) + Parabola(zenithDeg - 90, ElementBeamwidthDeg, ElementFloorDb), ElementFloorDb);

    private static double SectorHorizontalDb(double offsetDeg) => Parabola(offsetDeg, SectorHorizontalBeamwidthDeg, SectorFloorDb);

    private static double SectorVerticalDb(double offsetDeg) => Parabola(offsetDeg, SectorVerticalBeamwidthDeg, SectorSideLobeDb);

    /// <summary>Attenuation beside a beam: 3 dB at half of its width on either side.</summary>
    private static double Parabola(double offsetDeg, double beamwidthDeg, double mostDb)
    {
        double widths = offsetDeg / beamwidthDeg;
        return Math.Min(12 * widths * widths, mostDb);
    }

    private static double Linear(double decibels) => Math.Pow(10, decibels / 10);

    private static double Radians(double degrees) => degrees * (Math.PI / 180);
}
