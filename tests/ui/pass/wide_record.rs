//! As many columns as a table can have, each asked for whether the record leaves it out.

use orm::prelude::*;

macro_rules! wide {
    ($first:ident $($column:ident)*) => {
        #[derive(Table)]
        struct Wide {
            #[column(primary_key)]
            $first: i32,
            $($column: i32,)*
        }

        #[derive(Insert)]
        #[insert(table = Wide)]
        struct NewWide {
            $first: i32,
            $($column: i32,)*
        }
    };
}

wide! {
    measured_000 measured_001 measured_002 measured_003 measured_004 measured_005
    measured_006 measured_007 measured_008 measured_009 measured_010 measured_011
    measured_012 measured_013 measured_014 measured_015 measured_016 measured_017
    measured_018 measured_019 measured_020 measured_021 measured_022 measured_023
    measured_024 measured_025 measured_026 measured_027 measured_028 measured_029
    measured_030 measured_031 measured_032 measured_033 measured_034 measured_035
    measured_036 measured_037 measured_038 measured_039 measured_040 measured_041
    measured_042 measured_043 measured_044 measured_045 measured_046 measured_047
    measured_048 measured_049 measured_050 measured_051 measured_052 measured_053
    measured_054 measured_055 measured_056 measured_057 measured_058 measured_059
    measured_060 measured_061 measured_062 measured_063 measured_064 measured_065
    measured_066 measured_067 measured_068 measured_069 measured_070 measured_071
    measured_072 measured_073 measured_074 measured_075 measured_076 measured_077
    measured_078 measured_079 measured_080 measured_081 measured_082 measured_083
    measured_084 measured_085 measured_086 measured_087 measured_088 measured_089
    measured_090 measured_091 measured_092 measured_093 measured_094 measured_095
    measured_096 measured_097 measured_098 measured_099 measured_100 measured_101
    measured_102 measured_103 measured_104 measured_105 measured_106 measured_107
    measured_108 measured_109 measured_110 measured_111 measured_112 measured_113
    measured_114 measured_115 measured_116 measured_117 measured_118 measured_119
    measured_120 measured_121 measured_122 measured_123 measured_124 measured_125
    measured_126 measured_127 measured_128 measured_129 measured_130 measured_131
    measured_132 measured_133 measured_134 measured_135 measured_136 measured_137
    measured_138 measured_139 measured_140 measured_141 measured_142 measured_143
    measured_144 measured_145 measured_146 measured_147 measured_148 measured_149
    measured_150 measured_151 measured_152 measured_153 measured_154 measured_155
    measured_156 measured_157 measured_158 measured_159 measured_160 measured_161
    measured_162 measured_163 measured_164 measured_165 measured_166 measured_167
    measured_168 measured_169 measured_170 measured_171 measured_172 measured_173
    measured_174 measured_175 measured_176 measured_177 measured_178 measured_179
    measured_180 measured_181 measured_182 measured_183 measured_184 measured_185
    measured_186 measured_187 measured_188 measured_189 measured_190 measured_191
    measured_192 measured_193 measured_194 measured_195 measured_196 measured_197
    measured_198 measured_199 measured_200 measured_201 measured_202 measured_203
    measured_204 measured_205 measured_206 measured_207 measured_208 measured_209
    measured_210 measured_211 measured_212 measured_213 measured_214 measured_215
    measured_216 measured_217 measured_218 measured_219 measured_220 measured_221
    measured_222 measured_223 measured_224 measured_225 measured_226 measured_227
    measured_228 measured_229 measured_230 measured_231 measured_232 measured_233
    measured_234 measured_235 measured_236 measured_237 measured_238 measured_239
    measured_240 measured_241 measured_242 measured_243 measured_244 measured_245
    measured_246 measured_247 measured_248 measured_249 measured_250 measured_251
    measured_252 measured_253 measured_254 measured_255
}

fn main() {}
