using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization.Functions;

/// <summary>One of the 24 noiseless functions that optimisers are compared on (BBOB), with the shifts and rotations of one of its instances.</summary>
/// <remarks>
/// Source: Hansen, Finck, Ros, Auger, RR-6829 (2009); where the text and the reference programs of COCO differ, values are those of the programs. Any number of threads may evaluate: an instance
/// is read only and what a call needs is on its stack.
/// </remarks>
internal sealed partial class BbobFunction : IEvaluator
{
    public const int IdMax = 24;

    /// <summary>With one dimension the powers i / (n - 1) of the definitions have no meaning.</summary>
    public const int DimensionMin = 2;

    /// <summary>Where the reference programs stop.</summary>
    public const int DimensionMax = 40;

    /// <summary>So that every seed, 10000 instance + id and at most 1100000 more, is below 2^31 - 1, the modulus of the random numbers.</summary>
    public const int InstanceMax = 200_000;

    private const int Room = DimensionMax; // doubles of a vector on the stack; whole vectors of 8

    private readonly int _id;
    private readonly double[] _place = [];      // the optimum, of those that are moved there
    private readonly double[] _scales = [];     // per coordinate: weight, slope, exponent or sign; its meaning is the function's
    private readonly SquareMatrix? _rotation;   // R of the definitions
    private readonly SquareMatrix? _mixing;     // Q of the definitions, with what it is multiplied by
    private readonly GallagherPeaks? _peaks;

    public BbobFunction(FunctionSpec spec)
    {
        Check("problem/function/id", spec.Id, 1, IdMax);
        Check("problem/function/dimension", spec.Dimension, DimensionMin, DimensionMax);
        Check("problem/function/instance", spec.Instance, 1, InstanceMax);
        _id = spec.Id;
        Dimension = spec.Dimension;
        long seed = 10000L * spec.Instance + _id switch { 4 => 3, 18 => 17, _ => _id };
        FOpt = BbobRandom.LeastValue(seed);

        SquareMatrix Rotation() => BbobRandom.Rotation(Dimension, seed + 1000000);
        SquareMatrix Second() => BbobRandom.Rotation(Dimension, seed);
        SquareMatrix SecondScaled(double[] rows)
        {
            SquareMatrix second = Second();
            second.ScaleRows(rows);
            return second;
        }
        SquareMatrix Mixing(double radix) => SquareMatrix.Product(Rotation(), Powers(radix), Second());

        _place = BbobRandom.Place(Dimension, _id == 12 ? seed + 1000000 : seed);
        switch (_id)
        {
            case 2:
                _scales = Powers(1e6);
                break;
            case 3:
                _scales = Powers(Math.Sqrt(10));
                break;
            case 4:
                MakeEvenPositive(_place);
                _scales = Powers(Math.Sqrt(10));
                break;
            case 5:
                _scales = WithSigns(Powers(10), _place, 0);
                break;
            case 6:
            case 13:
                _mixing = Mixing(Math.Sqrt(10));
                break;
            case 7:
                _rotation = Rotation();
                _mixing = SecondScaled(Powers(Math.Sqrt(10)));
                _scales = Powers(100);
                break;
            case 8:
                Multiply(_place, 0.75);
                break;
            case 9:
            case 19:
                _mixing = SecondScaled(Equal(RosenbrockScale(Dimension)));
                break;
            case 10:
                _rotation = Rotation();
                _scales = Powers(1e6);
                break;
            case 11:
            case 12:
            case 14:
                _rotation = Rotation();
                break;
            case 15:
                _rotation = Rotation();
                _mixing = Mixing(Math.Sqrt(10));
                break;
            case 16:
                _rotation = Rotation();
                _mixing = Mixing(0.1);
                break;
            case 17:
            case 18:
                _rotation = Rotation();
                _mixing = SecondScaled(Powers(Math.Sqrt(_id == 17 ? 10 : 1000)));
                break;
            case 20:
                _place = Powers(Math.Sqrt(10));
                _scales = WithSigns(Equal(2), BbobRandom.Uniform(Dimension, seed), 0.5);
                break;
            case 21:
            case 22:
                _mixing = Second();
                _peaks = new GallagherPeaks(Dimension, _id == 21 ? 101 : 21, _mixing, seed);
                break;
            case 23:
                _mixing = Mixing(10);
                break;
            case 24:
                _rotation = Rotation();
                _mixing = SecondScaled(Powers(10));
                _scales = WithSigns(Equal(2), BbobRandom.Normal(Dimension, seed), 0);
                break;
        }
    }

    public int Dimension { get; }

    /// <summary>The least value there is.</summary>
    public double FOpt { get; }

    public bool IsThreadSafe => true;

    /// <param name="x">As many numbers as the function has dimensions; the optimum is within [-5, 5], where searches look.</param>
    public double Value(ReadOnlySpan<double> x) => FOpt + _id switch
    {
        1 => Sphere(x),
        2 => Ellipsoid(x),
        3 => RastriginSeparable(x),
        4 => BuecheRastrigin(x),
        5 => LinearSlope(x),
        6 => AttractiveSector(x),
        7 => StepEllipsoid(x),
        8 => RosenbrockMoved(x),
        9 => RosenbrockRotated(x),
        10 => EllipsoidRotated(x),
        11 => Discus(x),
        12 => BentCigar(x),
        13 => SharpRidge(x),
        14 => DifferentPowers(x),
        15 => RastriginRotated(x),
        16 => Weierstrass(x),
        17 or 18 => Schaffer(x),
        19 => GriewankRosenbrock(x),
        20 => Schwefel(x),
        21 or 22 => Gallagher(x),
        23 => Katsuura(x),
        _ => LunacekBiRastrigin(x),
    };

    public bool Evaluate(ReadOnlySpan<double> x, Span<double> objectives, Span<double> constraints)
    {
        objectives[0] = Value(x);
        return true;
    }

    private static void Check(string argument, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new InvalidInputException(argument, $"{least} to {most} are allowed, not {value}");
        }
    }

    /// <summary>radix^(i / (n - 1)).</summary>
    private double[] Powers(double radix)
    {
        var powers = new double[Dimension];
        for (int i = 0; i < powers.Length; i++)
        {
            powers[i] = Math.Pow(radix, i / (Dimension - 1.0));
        }
        return powers;
    }

    private double[] Equal(double value)
    {
        var values = new double[Dimension];
        Array.Fill(values, value);
        return values;
    }

    private static void Multiply(double[] values, double factor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }

    private static void MakeEvenPositive(double[] place)
    {
        for (int i = 0; i < place.Length; i += 2)
        {
            place[i] = Math.Abs(place[i]);
        }
    }

    /// <summary>The values, negative where the numbers are below a threshold.</summary>
    private static double[] WithSigns(double[] values, double[] numbers, double threshold)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = numbers[i] < threshold ? -values[i] : values[i];
        }
        return values;
    }

    /// <summary>max(1, sqrt n / 8), by which Rosenbrock's functions are drawn together.</summary>
    private static double RosenbrockScale(int dimension) => Math.Max(1, Math.Sqrt(dimension) / 8);
}
