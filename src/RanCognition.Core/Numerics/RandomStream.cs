using System.Numerics;
using System.Runtime.CompilerServices;

namespace RanCognition.Numerics;

/// <summary>Small deterministic random generator: the same seed gives the same numbers on every machine.</summary>
/// <remarks>
/// A value type that must be passed by reference; a copy repeats the same numbers. Not thread-safe and not for secrets. Sources: Blackman and Vigna,
/// xoshiro256**, 2018, seeded by splitmix64; normal values by the ziggurat of Doornik, "An improved ziggurat method to generate normal random samples", 2005.
/// </remarks>
public struct RandomStream
{
    private const int Layers = 128;
    private const double TailStart = 3.442619855899;

    private ulong _s0, _s1, _s2, _s3;

    public RandomStream(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    /// <summary>Right edges of the layers of equal area under the normal density, from the base layer up.</summary>
    private static ReadOnlySpan<double> Edges =>
    [
        3.7130862467425505, 3.442619855899, 3.2230849845811416, 3.0832288582168683, 2.9786962526477803, 2.894344007021529,
        2.8231253505489105, 2.761169372387177, 2.7061135731218195, 2.6564064112613597, 2.6109722484318474, 2.569033625924938,
        2.5300096723888275, 2.493454522095372, 2.4590181774118305, 2.42642064553375, 2.3954342780110625, 2.3658713701176386,
        2.3375752413392368, 2.310413683698763, 2.2842740596774718, 2.2590595738691985, 2.2346863955909795, 2.2110814088787034,
        2.188180432076049, 2.165926793748922, 2.1442701823603953, 2.1231657086739766, 2.1025731351892385, 2.082456237992017,
        2.0627822745083084, 2.0435215366550676, 2.0246469733773855, 2.006133869963472, 1.98795957412762, 1.9701032608543265,
        1.9525457295535567, 1.9352692282966228, 1.9182573008645099, 1.901494653105151, 1.884967035707759, 1.8686611409944887,
        1.8525645117280911, 1.836665460258446, 1.8209529965961255, 1.8054167642192285, 1.7900469825998586, 1.7748343955860695,
        1.7597702248995934, 1.7448461281138004, 1.7300541605637305, 1.7153867407136676, 1.7008366185699169, 1.6863968467791681,
        1.672060754097601, 1.6578219209540241, 1.6436741568628686, 1.6296114794706347, 1.615628095043161, 1.6017183802213781,
        1.5878768648905761, 1.5740982160230008, 1.560377222366169, 1.5467087798599104, 1.5330878776740433, 1.5195095847659401,
        1.5059690368632033, 1.492461423781354, 1.4789819769899242, 1.4655259573427108, 1.4520886428892246, 1.4386653166845635,
        1.42525125451406, 1.4118417124470577, 1.3984319141310053, 1.3850170377326518, 1.3715922024273426, 1.3581524543301435,
        1.344692751753547, 1.3312079496656273, 1.317692783209414, 1.3041418501286168, 1.2905495919261964, 1.2769102735601556,
        1.263217961454621, 1.2494664995730682, 1.2356494832633627, 1.2217602305399964, 1.2077917504159497, 1.1937367078331287,
        1.1795873846639882, 1.1653356361647524, 1.1509728421488674, 1.1364898520131608, 1.1218769225825422, 1.107123647534036,
        1.0922188769072774, 1.0771506248928957, 1.0619059636948243, 1.0464709007640454, 1.0308302360681956, 1.0149673952513305,
        0.9988642334929836, 0.982500803515429, 0.9658550794011499, 0.9489026255113064, 0.9316161966151508, 0.9139652510230323,
        0.8959153525809377, 0.8774274291129234, 0.8584568431938132, 0.8389522142975774, 0.8188539067003573, 0.7980920606440569,
        0.7765839878947599, 0.7542306644540556, 0.7309119106424888, 0.7064796113354365, 0.6807479186691546, 0.6534786387399752,
        0.6243585973360507, 0.5929629424714483, 0.5586921784081852, 0.5206560387620606, 0.4774378372966898, 0.4265479863554235,
        0.36287143109703196, 0.27232086481396467, 0.0,
    ];

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9, t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextNormal()
    {
        ulong bits = NextBits();
        int layer = (int)(bits & (Layers - 1));
        double x = ((long)bits >> 11) * (1.0 / (1UL << 52)) * Edges[layer];   // the upper 53 bits: uniform in [-1, 1)
        return Math.Abs(x) < Edges[layer + 1] ? x : NextNormalSlow(layer, x);
    }

    /// <summary>The few cases in which the point is not surely below the density.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double NextNormalSlow(int layer, double x)
    {
        while (true)
        {
            if (layer == 0)
            {
                double beyond = NextTail();
                return x < 0 ? -beyond : beyond;
            }
            double low = Math.Exp(-0.5 * Edges[layer] * Edges[layer]), high = Math.Exp(-0.5 * Edges[layer + 1] * Edges[layer + 1]);
            if (low + NextDouble() * (high - low) < Math.Exp(-0.5 * x * x))
            {
                return x;
            }
            ulong bits = NextBits();
            layer = (int)(bits & (Layers - 1));
            x = ((long)bits >> 11) * (1.0 / (1UL << 52)) * Edges[layer];
            if (Math.Abs(x) < Edges[layer + 1])
            {
                return x;
            }
        }
    }

    /// <summary>Normal value given that it lies past the last edge (Marsaglia 1964).</summary>
    private double NextTail()
    {
        double x, y;
        do
        {
            x = Math.Log(1 - NextDouble()) / TailStart;
            y = Math.Log(1 - NextDouble());
        }
        while (-2 * y < x * x);
        return TailStart - x;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
