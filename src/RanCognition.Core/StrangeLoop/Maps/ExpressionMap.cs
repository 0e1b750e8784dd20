using System.Globalization;
using System.Text;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>One expression per variable. Nothing is known of it but its values and slopes.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ExpressionMap : IFixedPointMap
{
    private readonly ExpressionProgram[] _programs;
    private readonly double[] _values;   // of the steps of one program
    private readonly double[] _weights;

    /// <param name="spec">Variables and expressions.</param>
    /// <param name="argument">Where they were given, for messages.</param>
    public ExpressionMap(FixedPointMapSpec.Expression spec, string argument)
    {
        int n = Dimension = spec.Variables.Count;
        if (n < 1)
        {
            InvalidInputException.Throw(argument + "/variables", "has no entries");
        }
        if (n > StrangeLoopLimits.DimensionMax)
        {
            throw new LimitExceededException(argument + "/variables", $"has {Text(n)} entries, at most {Text(StrangeLoopLimits.DimensionMax)}");
        }
        if (spec.Expressions.Count != n)
        {
            InvalidInputException.Throw(argument + "/expressions", $"has {Text(spec.Expressions.Count)} entries, must have one per variable, {Text(n)}");
        }
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < n; i++)
        {
            string name = spec.Variables[i], place = $"{argument}/variables/{Text(i)}";
            if (Encoding.UTF8.GetByteCount(name) > StrangeLoopLimits.NameBytesMax)
            {
                throw new LimitExceededException(place, $"has more than {Text(StrangeLoopLimits.NameBytesMax)} bytes");
            }
            if (name.Length == 0 || ExpressionParser.NameEnd(name, 0) != name.Length)
            {
                InvalidInputException.Throw(place, $"'{name}' is not the name of a variable: a letter or _, then letters, digits or _");
            }
            if (!places.TryAdd(name, i))
            {
                InvalidInputException.Throw(place, $"'{name}' is there already, at {Text(places[name])}");
            }
        }
        _programs = new ExpressionProgram[n];
        int steps = 0;
        for (int i = 0; i < n; i++)
        {
            _programs[i] = new ExpressionParser(spec.Expressions[i], places, $"{argument}/expressions/{Text(i)}").Parse();
            steps = Math.Max(steps, _programs[i].Steps);
        }
        _values = new double[steps];
        _weights = new double[steps];
    }

    public int Dimension { get; }

    public bool HasSlopes => true;

    public void Apply(ReadOnlySpan<double> x, Span<double> image)
    {
        for (int i = 0; i < _programs.Length; i++)
        {
            image[i] = _programs[i].Evaluate(x, _values);
        }
    }

    public void ApplyWithSlopes(ReadOnlySpan<double> x, Span<double> image, Span<double> slopes)
    {
        for (int i = 0; i < _programs.Length; i++)
        {
            image[i] = _programs[i].Evaluate(x, _values);
            _programs[i].Slopes(_values, _weights, slopes.Slice(i * Dimension, Dimension));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
